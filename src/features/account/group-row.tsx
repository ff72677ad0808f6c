import { deleteGroup, renameGroup, notEmptyReason } from '../../actions/groups.ts'
import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import { formatMib } from '../../lib/units.ts'
import { forbiddenReason } from '../../operations/forbidden.ts'
import { readOnlyReason } from '../../operations/read-only.ts'
import { useReadOnly, useOperations } from '../../operations/use-operations.ts'
import { IconButton } from '../../ui/button.tsx'
import { MenuItem, MenuLink } from '../../ui/menu/menu-items.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { Meter } from '../../ui/meter.tsx'
import { busyGroupReason } from './group-gate.ts'
import type { GroupTotals, Totals } from './totals.ts'

interface Props {
  account: string
  group: GroupTotals
  all: Totals
  onRename: () => void
  onDelete: () => void
}

/** One group: where it leads, and what it takes. The bars are its share of the account, the first how much of it is on. */
export function GroupRow({ account, group, all, onRename, onDelete }: Props) {
  const readOnly = useReadOnly()
  const operations = useOperations()
  const { name, machines, running, cores, memory, disc, grades } = group
  const inGrades = Object.entries(grades).map(([grade, size]) => `${formatMib(size)} ${grade}`)
  const disabledReason = readOnlyReason(readOnly) ?? busyGroupReason(account, name, operations)
  const target = { account, group: name, id: null, name }
  return (
    <li className="relative grid gap-x-5 gap-y-2 py-3 pr-14 pl-3.5 @3xl:grid-cols-[minmax(8rem,1fr)_minmax(0,2.4fr)] @3xl:items-center">
      <h3 className="min-w-0 font-semibold wrap-anywhere">
        <Link to={links.machines({ account, group: name })} className="text-accent hover:underline">
          {name}
        </Link>
      </h3>
      <dl className="grid grid-cols-2 gap-x-5 gap-y-2 @xl:grid-cols-4">
        <Share term="Machines" value={`${running} / ${machines} on`}>
          <Meter
            value={running}
            max={machines}
            tone="ok"
            label={`Machines on in ${name}`}
            text={`${running} of ${machines}`}
          />
        </Share>
        <Share term="Cores" value={String(cores)}>
          <Meter value={cores} max={all.cores} label={`Cores of ${name}`} text={`${cores} of ${all.cores}`} />
        </Share>
        <Share term="Memory" value={formatMib(memory)}>
          <Meter
            value={memory}
            max={all.memory}
            label={`Memory of ${name}`}
            text={`${formatMib(memory)} of ${formatMib(all.memory)}`}
          />
        </Share>
        <Share term="Discs" value={inGrades.join(', ') || '–'}>
          <Meter
            value={disc}
            max={all.disc}
            label={`Discs of ${name}`}
            text={`${formatMib(disc)} of ${formatMib(all.disc)}`}
          />
        </Share>
      </dl>
      <div className="absolute top-2 right-2 @3xl:top-1/2 @3xl:-translate-y-1/2">
        <Menu
          label={`Actions for ${name}`}
          align="end"
          trigger={
            <IconButton label={`Actions for ${name}`}>
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
        >
          <MenuLink render={<Link to={links.groupPrivileges({ account, group: name })} />}>
            Privileges
          </MenuLink>
          <MenuItem
            disabledReason={disabledReason ?? forbiddenReason(renameGroup, target)}
            onSelect={onRename}
          >
            Rename
          </MenuItem>
          <MenuItem
            danger
            disabledReason={
              disabledReason ??
              forbiddenReason(deleteGroup, target) ??
              notEmptyReason({ machines, deleted: 0 })
            }
            onSelect={onDelete}
          >
            Delete
          </MenuItem>
        </Menu>
      </div>
    </li>
  )
}

function Share({ term, value, children }: { term: string; value: string; children: ReactNode }) {
  return (
    <div className="min-w-0 text-xs">
      <dt className="text-muted">{term}</dt>
      <dd>
        <span className="mb-1 block tabular-nums">{value}</span>
        {children}
      </dd>
    </div>
  )
}
