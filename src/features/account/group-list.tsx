import Ellipsis from 'lucide-react/icons/ellipsis'
import { useState } from 'react'
import { Link } from 'react-router'
import { createGroup, deleteGroup, notEmptyReason, renameGroup } from '../../actions/groups.ts'
import { links } from '../../lib/links.ts'
import { segmentOf } from '../../lib/names.ts'
import { formatTotalMib } from '../../lib/units.ts'
import { useResourceDisabledReason } from '../../operations/disabled-reason.ts'
import { useOperations } from '../../operations/store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { MenuItem, MenuLink } from '../../ui/menu/menu-items.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Skeleton } from '../../ui/spinner.tsx'
import { busyGroupReason, DeleteDialog, NameDialog } from './group-dialogs.tsx'
import type { GroupTotals, Totals } from './totals.ts'

interface Props {
  account: string
  groups: readonly GroupTotals[]
  all: Totals
}

type OpenDialog = { to: 'create' } | { to: 'rename' | 'delete'; group: { id: number; name: string } }

/** The account's groups, with what each of them uses, and their total. */
export function GroupList({ account, groups, all }: Props) {
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const disabledReason = useResourceDisabledReason()(createGroup, createGroup.target({ account, name: '' }))
  const close = () => setDialog(null)
  const createButton = (
    <Button size="small" disabledReason={disabledReason} onClick={() => setDialog({ to: 'create' })}>
      Create group
    </Button>
  )
  return (
    <>
      <Card title="Groups" className="@container" actions={groups.length > 0 && createButton}>
        {groups.length === 0 ? (
          <div className="flex flex-wrap items-center gap-3 px-3.5 py-3">
            <p className="min-w-0 flex-1 basis-60 wrap-anywhere">
              {account} has no groups yet, or you don’t have access to them.
            </p>
            {createButton}
          </div>
        ) : (
          <div className="relative scroll-sideways">
            <table className="w-full text-right whitespace-nowrap tabular-nums @max-lg:text-xs">
              <Head />
              <tbody className="divide-y divide-line">
                {groups.map((group) => (
                  <GroupRow
                    key={group.id}
                    account={account}
                    group={group}
                    onRename={() => setDialog({ to: 'rename', group })}
                    onDelete={() => setDialog({ to: 'delete', group })}
                  />
                ))}
              </tbody>
              <tfoot>
                <tr className="border-t border-line">
                  <th scope="row" className={`${CELL} text-left font-normal text-muted`}>
                    Total
                  </th>
                  <td className={`${CELL} text-left`}>
                    {all.running} of {all.machines}
                  </td>
                  <td className={`${CELL} font-semibold`}>{all.cores}</td>
                  <td className={`${CELL} font-semibold`}>{formatTotalMib(all.memory)}</td>
                  <td className={`${CELL} font-semibold`}>{formatTotalMib(all.disc)}</td>
                  {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- an empty cell below the actions */}
                  <td />
                </tr>
              </tfoot>
            </table>
          </div>
        )}
      </Card>
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
    </>
  )
}

const CELL = 'px-1 py-2 first:pl-3 @lg:px-3.5'
const HEAD = `${CELL} text-xs font-medium`

function Head() {
  return (
    <thead className="border-b border-line bg-raised text-muted">
      <tr>
        <th scope="col" className={`${HEAD} text-left`}>
          Group
        </th>
        <th scope="col" className={`${HEAD} text-left`}>
          On
        </th>
        <th scope="col" className={HEAD}>
          Cores
        </th>
        <th scope="col" className={HEAD}>
          Memory
        </th>
        <th scope="col" className={HEAD}>
          Storage
        </th>
        <th scope="col" className="w-8 pointer-coarse:w-11">
          <span className="sr-only">Actions</span>
        </th>
      </tr>
    </thead>
  )
}

interface RowProps {
  account: string
  group: GroupTotals
  onRename: () => void
  onDelete: () => void
}

/** One group: how many of its machines are on, and what is allotted to them. */
function GroupRow({ account, group, onRename, onDelete }: RowProps) {
  const disabledReasonOf = useResourceDisabledReason()
  const operations = useOperations()
  const { name, machines, running, cores, memory, disc } = group
  const ref = { account, group: segmentOf(group) }
  const busy = busyGroupReason(account, group, operations)
  const target = deleteGroup.target({ account, id: group.id, name })
  return (
    <tr>
      <th scope="row" className={`${CELL} w-1/2 max-w-0 min-w-18 text-left font-semibold`}>
        <Link
          to={links.machines(ref)}
          translate="no"
          title={name}
          className="block truncate text-accent hover:underline"
        >
          {name}
        </Link>
      </th>
      <td className={`${CELL} text-left`}>
        {machines === 0 ? (
          <span className="text-muted">none</span>
        ) : (
          <div className="flex items-center gap-3">
            <Link
              to={links.search(ref, 'is:running')}
              className="hover:text-accent hover:underline @xl:min-w-16"
            >
              {running} of {machines}
            </Link>
            <div className="w-20 @max-xl:hidden">
              <Meter
                value={running}
                max={machines}
                tone="ok"
                label={`Running machines in ${name}`}
                text={`${running} of ${machines}`}
              />
            </div>
          </div>
        )}
      </td>
      <td className={CELL}>{machines === 0 ? '–' : cores}</td>
      <td className={CELL}>{machines === 0 ? '–' : formatTotalMib(memory)}</td>
      <td className={CELL}>{machines === 0 ? '–' : formatTotalMib(disc)}</td>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the button has a label */}
      <td className="pr-1">
        <Menu
          label={`Actions for ${name}`}
          align="end"
          trigger={<IconButton label={`Actions for ${name}`} icon={Ellipsis} />}
        >
          <MenuLink render={<Link to={links.groupPrivileges(ref)} />}>Access</MenuLink>
          <MenuItem disabledReason={disabledReasonOf(renameGroup, target) ?? busy} onSelect={onRename}>
            Rename…
          </MenuItem>
          <MenuItem
            danger
            disabledReason={
              disabledReasonOf(deleteGroup, target) ??
              busy ??
              notEmptyReason({ machines: machines + group.deleted, deleted: group.deleted })
            }
            onSelect={onDelete}
          >
            Delete…
          </MenuItem>
        </Menu>
      </td>
    </tr>
  )
}

/** The table's place while the account is being loaded. */
export function GroupListSkeleton() {
  return (
    <Card title="Groups" className="@container">
      <table className="w-full text-right @max-lg:text-xs">
        <Head />
        <tbody className="divide-y divide-line">
          {[1, 2, 3].map((row) => (
            <tr key={row} className="h-12">
              {['w-20', 'w-14', 'w-6', 'w-12', 'w-12'].map((width, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- the columns have no other
                <td key={at} className={`${CELL} ${at < 2 ? 'text-left' : ''}`}>
                  <Skeleton className={width} />
                </td>
              ))}
              {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a placeholder */}
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
