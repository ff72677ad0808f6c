import type { QueryKey } from '@tanstack/react-query'
import { messageOf, traceLine, ApiError } from '../../api/errors.ts'
import { formatClock, formatSpan } from '../../lib/times.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { updatedAtOf } from './updated-at.tsx'
import { useNow } from '../../lib/use-now.ts'
import { usePagePoll } from './use-poller.ts'

interface Props {
  error: Error
  /** What could not be read anew. */
  queryKey: QueryKey
  /** It floats above the page instead of standing in it. */
  floating?: boolean
}

/** Says that a refresh failed: the page shows what was known, as of when, and when it is tried again. */
export function RefreshProblem({ error, queryKey, floating = false }: Props) {
  const now = useNow()
  const poll = usePagePoll()
  const wait = poll?.nextAt == null ? null : Math.max(0, Math.ceil((poll.nextAt - now) / 1000) * 1000)
  return (
    <Notice
      tone="warn"
      role="status"
      className={floating ? 'mx-auto w-full max-w-3xl shadow-pop' : 'mb-3'}
      title={`Not refreshed: what you see is as of ${formatClock(updatedAtOf(queryKey))}`}
      actions={
        <>
          {/* A count that runs would be read out each second. */}
          <span aria-hidden className="text-xs text-muted tabular-nums">
            {wait !== null && `Next try in ${formatSpan(wait)}.`}
          </span>
          <Button pending={poll?.phase === 'fetching'} onClick={() => poll?.readNow()}>
            Try now
          </Button>
        </>
      }
    >
      {messageOf(error)}
      {error instanceof ApiError && (
        <span className="mt-0.5 block font-mono text-xs text-muted">{traceLine(error.trace)}</span>
      )}
    </Notice>
  )
}
