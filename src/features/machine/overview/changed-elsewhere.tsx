import { changeInWords, windowInWords } from '../../../operations/activity/changes-elsewhere/change.ts'
import { useChangesElsewhere } from '../../../operations/activity/changes-elsewhere/store.ts'
import { Card } from '../../../ui/card.tsx'

/** What was seen to change about this machine that was not done in this browser, newest first. */
export function ChangedElsewhere({ account, id }: { account: string; id: number }) {
  const changes = useChangesElsewhere()
    .filter((each) => each.account === account && each.id === id)
    .toReversed()
  if (changes.length === 0) return null
  return (
    <Card title="Changed elsewhere">
      <ul className="divide-y divide-line px-3.5 py-1">
        {changes.map((change) => (
          <li key={change.key} className="py-2">
            <span className="block wrap-anywhere">{changeInWords(change)}</span>
            <span className="text-xs text-muted tabular-nums">{windowInWords(change)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
