import { Link } from 'react-router'
import { ActivityLine } from '../../components/activity-line.tsx'
import { links } from '../../lib/links.ts'
import { lineOf } from '../../operations/activity/entry-line.ts'
import { useTimeline, type ActivityEntry } from '../../operations/activity/timeline.ts'
import { Card } from '../../ui/card.tsx'

const SHOWN = 5

/** The account's latest entries of the activity. */
export function LatestChanges({ account }: { account: string }) {
  const latest = useTimeline()
    .filter((entry) => accountOf(entry) === account)
    .slice(0, SHOWN)
  return (
    <Card
      title="Latest changes"
      className="@container"
      actions={
        <Link
          to={links.activity()}
          className="mr-1.5 flex min-h-6 items-center text-accent hover:underline pointer-coarse:min-h-11"
        >
          All activity
        </Link>
      }
    >
      {latest.length === 0 ? (
        <p className="px-3.5 py-3 text-muted">No changes seen since you signed in.</p>
      ) : (
        <ol aria-label="Latest changes" className="divide-y divide-line">
          {latest.map(lineOf).map((line) => (
            <li key={line.key}>
              <ActivityLine line={line} />
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

function accountOf(entry: ActivityEntry): string {
  if ('change' in entry) return entry.change.account
  return ('plan' in entry ? entry.plan : entry.operation).target.account
}
