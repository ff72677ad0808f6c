import { formatElapsed } from '../lib/times.ts'
import { useNow } from '../lib/use-now.ts'

/** The time since `since` (ms since 1970), updated each second: 0:24. */
export function Elapsed({ since }: { since: number }) {
  return <span className="tabular-nums">{formatElapsed(useNow() - since)}</span>
}
