import type { MachineInAccount } from '../../api/accounts.ts'
import { compareNatural } from '../../lib/names.ts'
import type { LastHead } from '../../operations/last-heads.ts'

/** The machines of a head. */
export interface HeadRow {
  /** Null for the machines whose head isn't known. */
  head: string | null
  running: number
  /** Machines that are off, and were last seen on this head. */
  off: number
  /** When the last of those was seen here, ms since 1970; null if there are none, or for an unknown head. */
  seenAt: number | null
}

type Counted = Pick<MachineInAccount, 'id' | 'power_on' | 'deleted' | 'head'>

/**
 * The heads of these machines: first those on which nothing runs although machines were seen there, then those where some are off, each by
 * name. Machines without a known head come last.
 */
export function headsOf(
  machines: readonly Counted[],
  lastHeadOf: (id: number) => LastHead | null,
): HeadRow[] {
  const rows = new Map<string | null, HeadRow>()
  for (const { id, power_on, deleted, head: now } of machines) {
    if (deleted) continue
    const last = power_on ? null : lastHeadOf(id)
    const head = now ?? last?.head ?? null
    const row = rows.get(head) ?? { head, running: 0, off: 0, seenAt: null }
    rows.set(head, row)
    if (power_on) row.running += 1
    else row.off += 1
    if (last !== null) row.seenAt = Math.max(row.seenAt ?? 0, last.at)
  }
  return [...rows.values()].toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) || (isEmpty(a) ? b.off - a.off : 0) || compareNatural(a.head ?? '', b.head ?? ''),
  )
}

function rankOf(row: HeadRow): number {
  if (row.head === null) return 3
  if (isEmpty(row)) return 0
  return row.off > 0 ? 1 : 2
}

/** True if every machine known on the head is off. The head may have failed. */
export function isEmpty({ head, running, off }: HeadRow): boolean {
  return head !== null && running === 0 && off > 0
}
