import Ellipsis from 'lucide-react/icons/ellipsis'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { createGroup, deleteGroup, notEmptyReason, renameGroup } from '../../actions/groups.ts'
import { NoGroups } from '../../components/groups.tsx'
import { links } from '../../lib/links.ts'
import { segmentOf } from '../../lib/names.ts'
import { formatMib } from '../../lib/units.ts'
import { useResourceDisabledReason } from '../../operations/disabled-reason.ts'
import { useOperations } from '../../operations/store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { MenuItem, MenuLink } from '../../ui/menu/menu-items.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { Meter } from '../../ui/meter.tsx'
import { busyGroupReason, DeleteDialog, NameDialog } from './group-dialogs.tsx'
import type { GroupTotals, Totals } from './totals.ts'

interface Props {
  account: string
  groups: readonly GroupTotals[]
  all: Totals
}

type OpenDialog = { to: 'create' } | { to: 'rename' | 'delete'; group: { id: number; name: string } }

/** The account's groups, each with its share of the account's resources. */
export function GroupList({ account, groups, all }: Props) {
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const disabledReason = useResourceDisabledReason()(createGroup, createGroup.target({ account, name: '' }))
  const close = () => setDialog(null)
  return (
    <section aria-labelledby="groups" className="@container">
      <div className="mb-2.5 flex flex-wrap items-center gap-2">
        <h2 id="groups" className="flex-1 font-semibold">
          Groups
        </h2>
        <Button disabledReason={disabledReason} onClick={() => setDialog({ to: 'create' })}>
          Create group
        </Button>
      </div>
      {groups.length === 0 ? (
        <NoGroups account={account} />
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
          {groups.map((group) => (
            <GroupRow
              key={group.id}
              account={account}
              group={group}
              all={all}
              onRename={() => setDialog({ to: 'rename', group })}
              onDelete={() => setDialog({ to: 'delete', group })}
            />
          ))}
        </ul>
      )}
      {dialog && dialog.to !== 'delete' && (
        <NameDialog
          account={account}
          group={
            dialog.to === 'rename' ? (groups.find(({ id }) => id === dialog.group.id) ?? dialog.group) : null
          }
          names={groups.map(({ name }) => name)}
          onClose={close}
        />
      )}
      {dialog?.to === 'delete' && <DeleteDialog account={account} group={dialog.group} onClose={close} />}
    </section>
  )
}

interface RowProps {
  account: string
  group: GroupTotals
  all: Totals
  onRename: () => void
  onDelete: () => void
}

/**
 * One group and its resources. The first bar shows how many of the group's machines are on. The other bars show the group's share of the
 * account.
 */
function GroupRow({ account, group, all, onRename, onDelete }: RowProps) {
  const disabledReasonOf = useResourceDisabledReason()
  const operations = useOperations()
  const { name, machines, running, cores, memory, disc, grades } = group
  const inGrades = Object.entries(grades).map(([grade, size]) => `${formatMib(size)} ${grade}`)
  const shares = [
    { term: 'Cores', value: cores, max: all.cores, format: String },
    { term: 'Memory', value: memory, max: all.memory, format: formatMib },
    { term: 'Discs', value: disc, max: all.disc, format: formatMib, shown: inGrades.join(', ') || '–' },
  ]
  const ref = { account, group: segmentOf(group) }
  const busy = busyGroupReason(account, group, operations)
  const target = deleteGroup.target({ account, id: group.id, name })
  return (
    <li className="relative grid gap-x-5 gap-y-2 py-3 pr-14 pl-3.5 @3xl:grid-cols-[minmax(8rem,1fr)_minmax(0,2.4fr)] @3xl:items-center">
      <h3 className="min-w-0 font-semibold wrap-anywhere">
        <Link to={links.machines(ref)} translate="no" className="text-accent hover:underline">
          {name}
        </Link>
      </h3>
      <dl className="grid grid-cols-2 gap-x-5 gap-y-2 @xl:grid-cols-4">
        <Share term="Machines" value={`${running} of ${machines} on`}>
          <Meter
            value={running}
            max={machines}
            tone="ok"
            label={`Running machines in ${name}`}
            text={`${running} of ${machines}`}
          />
        </Share>
        {shares.map(({ term, value, max, format, shown = format(value) }) => (
          <Share key={term} term={term} value={shown}>
            <Meter
              value={value}
              max={max}
              label={`${term} of ${name}`}
              text={`${format(value)} of ${format(max)}`}
            />
          </Share>
        ))}
      </dl>
      <div className="absolute top-2 right-2 @3xl:top-1/2 @3xl:-translate-y-1/2">
        <Menu
          label={`Actions for ${name}`}
          align="end"
          trigger={<IconButton label={`Actions for ${name}`} icon={Ellipsis} />}
        >
          <MenuLink render={<Link to={links.groupPrivileges(ref)} />}>Privileges</MenuLink>
          <MenuItem disabledReason={disabledReasonOf(renameGroup, target) ?? busy} onSelect={onRename}>
            Rename
          </MenuItem>
          <MenuItem
            danger
            disabledReason={
              disabledReasonOf(deleteGroup, target) ?? busy ?? notEmptyReason({ machines, deleted: 0 })
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
