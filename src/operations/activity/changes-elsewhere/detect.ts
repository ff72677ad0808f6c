import type { Query, QueryCacheNotifyEvent } from '@tanstack/react-query'
import { actions, machineActionOf } from '../../../actions/index.ts'
import { fetchedMachines } from '../../../api/accounts.ts'
import { groupName } from '../../../api/groups.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import type { GroupRef } from '../../../lib/links.ts'
import { currentUser } from '../../../lib/persisted.ts'
import type { Operation } from '../../operation.ts'
import { onOperationEnd, operations } from '../../store.ts'
import { differencesOf, type ChangeElsewhere, type Difference } from './change.ts'
import { addChangesElsewhere, clearChangesElsewhere } from './store.ts'

/** A difference, the machine that has it, and the time of the earlier fetch. */
interface Detected extends Difference {
  id: number
  name: string
  after_ms: number
}

/** A machine as fetched, its group, and the time of the fetch, ms since 1970. */
interface LastSeen extends GroupRef {
  vm: VirtualMachine
  at: number
}

/** The last fetch of one kind of a group's list: the list of the group, or the overview of the account. */
interface LastList extends GroupRef {
  rows: readonly VirtualMachine[]
  byId: ReadonlyMap<number, VirtualMachine>
  at: number
}

/**
 * Compares each fetch with the previous fetch of the same kind. A row that is the same object as before is unchanged and skipped. If all of
 * ten thousand rows are unchanged, only the two lists are compared.
 */
export class ChangeDetector {
  readonly #lists = new Map<string, LastList>()
  readonly #machines = new Map<number, LastSeen>()
  readonly #gone = new Map<number, LastSeen>()

  /** The changes in a group's list of this kind, fetched at the time `at`. */
  list(group: GroupRef, kind: string, rows: readonly VirtualMachine[], at: number): Detected[] {
    const key = JSON.stringify([group.account, group.group, kind])
    const last = this.#lists.get(key)
    if (last?.rows === rows) {
      last.at = at
      return []
    }
    const byId = new Map(rows.map((vm) => [vm.id, vm]))
    const found: Detected[] = []
    for (const vm of rows) {
      const before = last?.byId.get(vm.id)
      if (before === vm) continue
      if (last !== undefined && before !== undefined) {
        for (const each of differencesOf(before, vm)) found.push(detected(vm, each, last.at))
      } else {
        const moved = this.#moved(group, vm, at)
        if (moved !== null) found.push(moved)
        else if (last !== undefined) found.push(detected(vm, APPEARED, last.at))
      }
    }
    this.#lists.set(key, { ...group, rows, byId, at })
    for (const [id, vm] of last?.byId ?? []) {
      if (last !== undefined && !byId.has(id)) found.push(this.#goneFrom(last, vm))
    }
    return found
  }

  /** The changes of a machine in this group that was fetched alone. */
  machine(group: GroupRef, vm: VirtualMachine, at: number): Detected[] {
    const before = this.#machines.get(vm.id)
    // The lists don't show that a machine was in another group only between two of their fetches. Its own page may have seen that.
    const wasElsewhere = before !== undefined && isElsewhere(before, vm)
    const moved =
      this.#moved(group, vm, at) ??
      (wasElsewhere ? detected(vm, movedBetween(before, group), before.at) : null)
    this.#machines.set(vm.id, { ...group, vm, at })
    const differences = before === undefined ? [] : differencesOf(before.vm, vm)
    return [
      ...(moved === null ? [] : [moved]),
      ...differences.map((each) => detected(vm, each, before?.at ?? 0)),
    ]
  }

  #goneFrom(last: LastList, vm: VirtualMachine): Detected {
    const { account, group, at } = last
    const elsewhere = this.#lastSeen(vm)
    if (elsewhere !== null && elsewhere.at > at && isElsewhere(elsewhere, vm)) {
      return detected(elsewhere.vm, movedBetween({ account, group }, elsewhere), at)
    }
    this.#gone.set(vm.id, { account, group, vm, at })
    return detected(vm, GONE, at)
  }

  /** The move of a machine that is in this group now and was last seen in another; null if there was no move. */
  #moved(group: GroupRef, vm: VirtualMachine, at: number): Detected | null {
    const last = this.#lastSeen(vm)
    this.#gone.delete(vm.id)
    if (last === null || last.at > at || !isElsewhere(last, vm)) return null
    return detected(vm, movedBetween(last, group), last.at)
  }

  /** The last fetch of any kind that shows this machine. */
  #lastSeen({ id }: VirtualMachine): LastSeen | null {
    const seen = [this.#machines.get(id), this.#gone.get(id)].filter((each) => each !== undefined)
    for (const { account, group, byId, at } of this.#lists.values()) {
      const vm = byId.get(id)
      if (vm !== undefined) seen.push({ account, group, vm, at })
    }
    return seen.reduce<LastSeen | null>(
      (last, each) => (last !== null && last.at >= each.at ? last : each),
      null,
    )
  }
}

const APPEARED: Difference = { what: 'there', before: false, after: true }
const GONE: Difference = { what: 'there', before: true, after: false }

function movedBetween(before: GroupRef, after: GroupRef): Difference {
  return { what: 'group', before: groupName(before), after: groupName(after) }
}

/** Compares the groups' ids, because a URL may have a group's name or its id. */
function isElsewhere({ vm }: LastSeen, { group_id }: VirtualMachine): boolean {
  const [was, is] = [vm.group_id ?? null, group_id ?? null]
  return was !== null && is !== null && was !== is
}

function detected(
  { id, name }: VirtualMachine,
  { what, before, after }: Difference,
  after_ms: number,
): Detected {
  return { what, before, after, id, name, after_ms }
}

/** The fields of an operation that explain changes. */
type Work = Pick<Operation, 'action' | 'target' | 'begunAt' | 'endedAt' | 'outcome' | 'expects'>

let detector = new ChangeDetector()
let count = 0
/**
 * The operations that ended in this tab, without their requests. The activity can't be used here: of a large batch it keeps only the last
 * hundred operations.
 */
let ended: Work[] = []
const MOST_ENDED = 20_000

/**
 * Compares the fetches of pages and operations, and stores the changes that weren't made in this browser. Starts from the data in the cache
 * and fetches nothing itself. Call once.
 */
export function detectChangesElsewhere(): void {
  const cache = queryClient.getQueryCache()
  for (const query of cache.getAll()) compare(query)
  cache.subscribe((event) => {
    if (isFetch(event)) compare(event.query)
  })
  onOperationEnd(({ action, target, begunAt, endedAt, outcome, expects }) => {
    if (ended.length >= MOST_ENDED) ended = ended.slice(MOST_ENDED / 2)
    ended.push({ action, target, begunAt, endedAt, outcome, expects })
  })
  currentUser.subscribe(() => {
    detector = new ChangeDetector()
    ended = []
    clearChangesElsewhere()
  })
}

function isFetch(event: QueryCacheNotifyEvent): event is Extract<QueryCacheNotifyEvent, { type: 'updated' }> {
  return event.type === 'updated' && event.action.type === 'success'
}

function compare(query: Query): void {
  const at = query.state.dataUpdatedAt
  for (const { ref, machines, list, creating } of fetchedMachines(query)) {
    if (list !== null) add(ref, detector.list(ref, list, machines, at), at)
    // A machine that is still being created changes without anyone doing anything.
    else if (!creating) for (const vm of machines) add(ref, detector.machine(ref, vm, at), at)
  }
}

function add(ref: GroupRef, found: readonly Detected[], at: number): void {
  if (found.length === 0) return
  const isOwn = ownChanges([...ended, ...operations()])
  addChangesElsewhere(found.map((each) => changeOf(each, ref, at)).filter((change) => !isOwn(change)))
}

function changeOf(found: Detected, { account, group }: GroupRef, before_ms: number): ChangeElsewhere {
  const { id, name, after_ms, what, before, after } = found
  count += 1
  return { key: `elsewhere-${count}`, account, group, id, name, after_ms, before_ms, what, before, after }
}

/** How long BigV may still carry out an action that got no answer or is no longer watched. */
const LINGERS_MS = 15 * 60_000
/** How far a list may lag behind the answer that ended an operation. */
const BEHIND_MS = 3_000

type Seen = Pick<ChangeElsewhere, 'what' | 'account' | 'id' | 'name' | 'after_ms' | 'before_ms'>

/**
 * Returns a function that is true for changes explained by one of these operations: the operation was running on that machine when the
 * change happened, and its action makes such changes. Operations are indexed by machine, because a batch has thousands.
 */
export function ownChanges(work: readonly Work[]): (seen: Seen) => boolean {
  const byMachine = new Map<string, Work[]>()
  for (const each of work) {
    const key = keyOf(each.target)
    byMachine.set(key, [...(byMachine.get(key) ?? []), each])
  }
  return (seen) =>
    // While a machine is being created, its operation only has its name.
    [keyOf(seen), keyOf({ ...seen, id: null })].some((key) =>
      byMachine.get(key)?.some((each) => wasRunning(each, seen) && canChange(each, seen)),
    )
}

function keyOf({ account, id, name }: { account: string; id: number | null; name: string }): string {
  return JSON.stringify([account, id ?? name])
}

function wasRunning({ begunAt, endedAt, outcome }: Work, { after_ms, before_ms }: Seen): boolean {
  // A running operation began before this fetch, even if the clock was set back since.
  if (endedAt === null) return true
  const lingers = outcome === 'unclear' || outcome === 'no longer watching' ? LINGERS_MS : BEHIND_MS
  return begunAt <= before_ms && endedAt + lingers >= after_ms
}

function canChange({ action, expects }: Work, { what }: Seen): boolean {
  return actions[action].on === 'new machine' || machineActionOf(action)?.accountsFor(what, expects) === true
}
