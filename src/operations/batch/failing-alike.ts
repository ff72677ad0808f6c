import type { Operation } from '../operation.ts'

/** So many of a run's machines in a row have to fail alike before it pauses. */
const IN_A_ROW = 5

/** What the last machines of a run failed of, and how many in a row, by run. */
const rows = new Map<string, { cause: string; count: number }>()

/**
 * Takes a run's key and an operation of it that has ended, and returns whether so many in a row have failed alike that it is
 * BigV, the way there or the user's rights, and not the machines: no answer, the same 5xx, or 403. Counts anew after that.
 */
export function failsAlike(key: string, { outcome, steps }: Operation): boolean {
  const cause = causeOf(outcome, steps.at(-1)?.trace?.status)
  if (cause === null) {
    rows.delete(key)
    return false
  }
  const before = rows.get(key)
  const count = before?.cause === cause ? before.count + 1 : 1
  if (count < IN_A_ROW) rows.set(key, { cause, count })
  else rows.delete(key)
  return count >= IN_A_ROW
}

/** Forgets what a run's machines failed of: it is over, or goes on by the user's word. */
export function forgetFailures(key: string): void {
  rows.delete(key)
}

function causeOf(outcome: Operation['outcome'], status: number | undefined): string | null {
  if (outcome === 'unclear') return `unclear ${status ?? 0}`
  return outcome === 'refused' && status === 403 ? 'refused 403' : null
}
