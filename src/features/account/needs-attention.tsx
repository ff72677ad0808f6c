import { Link } from 'react-router'
import type { AccountOverview } from '../../api/accounts.ts'
import { useShouldBeOn } from '../../operations/restarting-since.ts'
import { pendingStore } from '../../operations/pending-restart.ts'
import { useOperations } from '../../operations/store.ts'
import { Card } from '../../ui/card.tsx'
import { Tag } from '../../ui/tag.tsx'
import { attentionOf, type Attention } from './attention.ts'

/** Machines that somebody should look at, by reason. */
export function NeedsAttention({ account, groups }: { account: string; groups: AccountOverview['groups'] }) {
  const shouldBeOn = useShouldBeOn()
  const pending = pendingStore.use()
  const operations = useOperations()
  const found = attentionOf({ account, groups, shouldBeOn, pending, operations })
  return (
    <Card
      title="Needs attention"
      actions={
        found.length > 0 && (
          <Tag tone="warn" className="mr-1.5">
            {found.length}
          </Tag>
        )
      }
    >
      {found.length === 0 ? (
        <p className="px-3.5 py-3 text-muted">Nothing needs attention.</p>
      ) : (
        <ul className="divide-y divide-line">
          {found.map((each) => (
            <AttentionItem key={each.kind} {...each} />
          ))}
        </ul>
      )}
    </Card>
  )
}

const NAMED = 4

function AttentionItem({ kind, machines, text, to }: Attention) {
  const more = machines.length - NAMED
  return (
    <li className="flex items-center gap-3 px-3.5 py-2">
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere">
          {machines.slice(0, NAMED).map(({ key, name, group, to: page }, at) => (
            <span key={key}>
              {at > 0 && <span>, </span>}
              <Link to={page} translate="no" className="font-semibold text-accent hover:underline">
                {name}
              </Link>
              {group !== null && (
                <span className="text-muted">
                  <span> in </span>
                  <span translate="no">{group}</span>
                </span>
              )}
            </span>
          ))}
          {more > 0 && <span> and {more} more</span>}
        </p>
        <p
          className={`text-xs wrap-anywhere ${kind === 'should be on' ? 'font-medium text-warn' : 'text-muted'}`}
        >
          {text}
        </p>
      </div>
      <Link
        to={to}
        aria-label={`Show: ${text}`}
        className="flex min-h-6 shrink-0 items-center text-accent hover:underline pointer-coarse:min-h-11"
      >
        Show
      </Link>
    </li>
  )
}
