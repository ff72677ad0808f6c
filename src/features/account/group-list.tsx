import { createGroup } from '../../actions/groups.ts'
import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import { forbiddenReason } from '../../operations/forbidden.ts'
import { readOnlyReason } from '../../operations/read-only.ts'
import { useReadOnly, useOperations } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { GroupRow } from './group-row.tsx'
import { NameDialog } from './name-dialog.tsx'
import type { GroupTotals, Totals } from './totals.ts'

interface Props {
  account: string
  groups: readonly GroupTotals[]
  all: Totals
}

type Asked = { what: 'create' } | { what: 'rename' | 'delete'; group: { id: number; name: string } }

/** The groups of an account, each with its share of what the account has. */
export function GroupList({ account, groups, all }: Props) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const readOnly = useReadOnly()
  // A refusal is noted when its operation ends.
  useOperations()
  const disabledReason =
    readOnlyReason(readOnly) ?? forbiddenReason(createGroup, { account, group: '', id: null, name: '' })
  const close = () => setAsked(null)
  return (
    <section aria-labelledby="groups" className="@container">
      <div className="mb-2.5 flex flex-wrap items-center gap-2">
        <h2 id="groups" className="flex-1 font-semibold">
          Groups
        </h2>
        <Button disabledReason={disabledReason} onClick={() => setAsked({ what: 'create' })}>
          Create group
        </Button>
      </div>
      {groups.length === 0 ? (
        <EmptyState icon={<FolderOpen size={32} />} title="No groups here">
          The account {account} has no groups that are yours to see.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
          {groups.map((group) => (
            <GroupRow
              key={group.id}
              account={account}
              group={group}
              all={all}
              onRename={() => setAsked({ what: 'rename', group })}
              onDelete={() => setAsked({ what: 'delete', group })}
            />
          ))}
        </ul>
      )}
      {asked && asked.what !== 'delete' && (
        <NameDialog
          account={account}
          group={asked.what === 'rename' ? asked.group : null}
          names={groups.map(({ name }) => name)}
          onClose={close}
        />
      )}
      {asked?.what === 'delete' && <DeleteDialog account={account} group={asked.group} onClose={close} />}
    </section>
  )
}
