import { actions, machineActionOf } from '../../actions/index.ts'
import type { Operation } from '../operation.ts'
import type { ObservedChange } from './change.ts'

/** What there is to know of an operation here. */
export type Work = Pick<Operation, 'action' | 'target' | 'begunAt' | 'endedAt' | 'outcome' | 'expects'>
type Seen = Pick<ObservedChange, 'what' | 'account' | 'id' | 'name' | 'after_ms' | 'before_ms'>

/** BigV may still do what got no answer, or is no longer watched (design: "Operations"). */
const LINGERS_MS = 15 * 60_000
/** A list may be a little behind the answer that ended an operation. */
const BEHIND_MS = 3_000

/**
 * Takes the operations of this browser, and returns what says of a change that was seen whether one of them accounts for it: it
 * was under way in the time in which the change came about, on that machine, and it changes such things. A bulk run has
 * thousands: they are found by their machine.
 */
export function ownWork(work: readonly Work[]): (seen: Seen) => boolean {
  const byMachine = new Map<string, Work[]>()
  for (const each of work) {
    const key = keyOf(each.target)
    byMachine.set(key, [...(byMachine.get(key) ?? []), each])
  }
  return (seen) =>
    // One that is being created is known by its name alone.
    [keyOf(seen), keyOf({ ...seen, id: null })].some((key) =>
      byMachine.get(key)?.some((each) => wasUnderWay(each, seen) && canChange(each, seen)),
    )
}

function keyOf({ account, id, name }: { account: string; id: number | null; name: string }): string {
  return JSON.stringify([account, id ?? name])
}

function wasUnderWay({ begunAt, endedAt, outcome }: Work, { after_ms, before_ms }: Seen): boolean {
  const lingers = outcome === 'unclear' || outcome === 'no longer watching' ? LINGERS_MS : BEHIND_MS
  return begunAt <= before_ms && (endedAt === null || endedAt + lingers >= after_ms)
}

function canChange({ action, expects }: Work, { what }: Seen): boolean {
  return actions[action].on === 'new machine' || machineActionOf(action)?.accountsFor(what, expects) === true
}
