import { FolderOpen } from 'lucide-react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { GroupRow } from './group-row.tsx'
import type { GroupTotals, Totals } from './totals.ts'

interface Props {
  account: string
  groups: readonly GroupTotals[]
  all: Totals
}

/** The groups of an account, each with its share of what the account has. */
export function GroupList({ account, groups, all }: Props) {
  return (
    <section aria-labelledby="groups" className="@container">
      <div className="mb-2.5 flex flex-wrap items-center gap-2">
        <h2 id="groups" className="flex-1 font-semibold">
          Groups
        </h2>
      </div>
      {groups.length === 0 ? (
        <EmptyState icon={<FolderOpen size={32} />} title="No groups here">
          The account {account} has no groups that are yours to see.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
          {groups.map((group) => (
            <GroupRow key={group.id} account={account} group={group} all={all} />
          ))}
        </ul>
      )}
    </section>
  )
}
