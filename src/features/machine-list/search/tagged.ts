import type { Term } from '../../../lib/search/parse.ts'
import { useNowSelected } from '../../../lib/use-now.ts'
import { isOverdue } from '../../../operations/operation.ts'
import { pendingStore } from '../../../operations/pending-restart.ts'
import { operations } from '../../../operations/store.ts'

/** States for `is:` that a machine has beside its own, by machine id. */
type Tagged = ReadonlyMap<number, readonly string[]>

const NONE: Tagged = new Map()
let last: { ids: string; tagged: Tagged } = { ids: ' ', tagged: NONE }

/**
 * The machines with a change that waits for a restart, and those with an overdue operation, as far as these terms ask for them. The map stays
 * the same object until its machines change.
 */
export function useTagged(terms: readonly Term[]): Tagged {
  const asks = (state: string) =>
    terms.some(({ meaning }) => meaning.is === 'state' && meaning.state === state)
  const waiting = asks('waiting')
  const overdue = asks('overdue')
  const waitingIds = pendingStore.use((all) => (waiting ? idsOf(all) : ''))
  const overdueIds = useNowSelected((now) => (overdue ? overdueOnes(now).join(',') : ''))
  return taggedBy(waitingIds, overdueIds)
}

// The ids of machines are unique, so the account in the key isn't needed: "acme/7".
function idsOf(pending: Readonly<Record<string, readonly unknown[]>>): string {
  return Object.entries(pending)
    .flatMap(([key, changes]) => (changes.length > 0 ? key.slice(key.lastIndexOf('/') + 1) : []))
    .join(',')
}

function overdueOnes(now: number): number[] {
  return operations().flatMap((operation) =>
    isOverdue(operation, now) && operation.target.id !== null ? operation.target.id : [],
  )
}

function taggedBy(waiting: string, overdue: string): Tagged {
  const ids = `${waiting} ${overdue}`
  if (ids === last.ids) return last.tagged
  const tagged = new Map<number, string[]>()
  const note = (list: string, tag: string) => {
    for (const id of list.split(',').filter(Boolean).map(Number))
      tagged.set(id, [...(tagged.get(id) ?? []), tag])
  }
  note(waiting, 'waiting')
  note(overdue, 'overdue')
  last = { ids, tagged }
  return tagged
}
