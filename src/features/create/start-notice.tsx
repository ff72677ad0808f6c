import { formatClock } from '../../lib/times.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Start } from './start.ts'

interface Props {
  start: Omit<Start, 'values'>
  onAnew: () => void
  onDraft: () => void
}

/** Where what stands in the form came from, and what of it was not taken, field by field. */
export function StartNotice({ start: { said, notTaken, draft }, onAnew, onDraft }: Props) {
  if (said === '') return null
  return (
    <Notice
      role="status"
      tone={notTaken.length > 0 ? 'warn' : 'info'}
      actions={
        <>
          {draft !== null && (
            <Button onClick={onDraft}>Take what you typed at {formatClock(draft.at)} instead</Button>
          )}
          <Button onClick={onAnew}>Start anew</Button>
        </>
      }
    >
      <p>{said}</p>
      {notTaken.length > 0 && (
        <>
          <p className="mt-1 font-medium">Not taken:</p>
          <ul className="list-disc pl-4">
            {notTaken.map(({ field, why }) => (
              <li key={field}>
                <span className="font-mono text-xs">{field}</span> {why}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}
