import type { Query } from '@tanstack/react-query'
import { actions, machineActionOf, simpleActionOf, watchedActionOf } from '../../actions/index.ts'
import { fetchedMachines } from '../../api/accounts.ts'
import { queryClient } from '../../api/query-client.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { createEmitter } from '../../lib/store.ts'
import { formatClock } from '../../lib/times.ts'
import type { Operation } from '../operation.ts'
import { noteRestarting } from '../restarting-since.ts'
import { isShownBy } from './shown-in-pages.ts'
import { inWords } from '../state.ts'
import { operations, updateOperation } from '../store.ts'
import { findingOf, observe, UNSEEN } from '../watch.ts'

/** Machines of one group as just fetched. */
export interface GroupFetch {
  ref: GroupRef
  /** When the fetch began, ms since 1970. Null for an operation's own fetch, which the operation has checked already. */
  begunAt: number | null
  machines: readonly VirtualMachine[]
  /** True for a machine fetched alone, with its discs and NICs. */
  alone: boolean
  creating: boolean
  /** True if a machine that isn't listed is gone. */
  complete: boolean
}

const fetched = createEmitter<[GroupFetch]>()

/** Calls the listener with the machines of each fetch. Returns a function that unsubscribes it. */
export const onGroupFetched = fetched.on

/** Uses every page's fetches to end waiting operations, and to correct the outcome of operations that ended as unclear. Call once. */
export function followFetches(): void {
  const begun = new WeakMap<Query, number>()
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return
    const { action, query } = event
    if (action.type === 'fetch') begun.set(query, Date.now())
    if (action.type !== 'success') return
    const begunAt = action.manual === true ? null : (begun.get(query) ?? null)
    correctShownBy(query, begunAt)
    for (const { list, ...group } of fetchedMachines(query)) {
      // Every list has deleted machines too, so a machine that isn't in its group's list was purged or moved.
      fetched.emit({ ...group, begunAt, alone: list === null, complete: list !== null })
    }
  })
  onGroupFetched(settleOperations)
  // What was fetched before this code had loaded, and what is fetched from now on.
  for (const query of queryClient.getQueryCache().getAll())
    for (const group of fetchedMachines(query)) noteRestarting(group, query.state.dataUpdatedAt)
  onGroupFetched((group) => noteRestarting(group))
}

function settleOperations(group: GroupFetch): void {
  for (const operation of operations()) {
    const { phase, outcome, otherTab, key } = operation
    if (phase === 'waiting' && !otherTab) observeIn(group, operation)
    else if (phase === 'ended' && outcome === 'unclear') {
      const note = laterFinding(group, operation)
      if (note !== null) updateOperation(key, { outcome: 'done', note })
    }
  }
}

/** Corrects unclear changes of groups, keys, privileges and addresses, going by what a page has just fetched. */
function correctShownBy(query: Query, begunAt: number | null): void {
  for (const operation of operations()) {
    const { key, phase, outcome, endedAt } = operation
    if (phase !== 'ended' || outcome !== 'unclear' || (begunAt ?? Infinity) < (endedAt ?? 0)) continue
    if (isShownBy(query, operation) && !isRepeated(operation)) {
      updateOperation(key, { outcome: 'done', note: noteOf(THERE) })
    }
  }
}

/**
 * True if the user has acted again on the same group, keys, privilege or address, so that the data doesn't tell what this operation did.
 */
function isRepeated(operation: Operation): boolean {
  return operations().some(
    (other) =>
      other.key !== operation.key &&
      other.begunAt >= operation.begunAt &&
      other.steps.length > 0 &&
      subjectOf(other) === subjectOf(operation),
  )
}

function subjectOf({ action, target, expects }: Operation): string {
  const { shownIn } = actions[action]
  return JSON.stringify([target, shownIn?.resource, shownIn?.of(target, expects ?? {})])
}

/**
 * Checks a waiting operation against a page's fetch, which may be the only one to catch the moment at which a restarting machine is off.
 */
function observeIn({ machines, begunAt, alone, creating }: GroupFetch, operation: Operation): void {
  const { key, target, also, action } = operation
  const needsMore = watchedActionOf(action)?.needsDetail === true && !alone
  if (begunAt === null || needsMore || also !== undefined || target.id === null) return
  const vm = machines.find(({ id }) => id === target.id)
  if (vm !== undefined) observe(key, { at: begunAt, vm, creating })
}

/** The note of an unclear operation if this fetch shows that it was done; otherwise null. */
function laterFinding(group: GroupFetch, operation: Operation): string | null {
  const { key, target, also, begunAt, endedAt, expects } = operation
  const { id } = target
  if (id === null || (group.begunAt ?? Infinity) < (endedAt ?? 0)) return null
  if ([id, also?.id ?? id].some((each) => hasActedSince(each, key, begunAt))) return null
  const simple = simpleActionOf(operation.action)
  // A machine that was moved is in another group. Only its own group's list says that it is gone.
  const within = isIn(group, target) ? group : { ...group, complete: false }
  if (simple !== undefined) return achievedNote(within, id, simple.isAchieved)
  const action = machineActionOf(operation.action)
  const vm = machineIn(within, id) ?? group.machines.find((each) => each.id === also?.id)
  if (!vm || !group.alone || action === undefined || expects === null) return null
  if (action.isShown) return action.isShown(vm, expects) ? noteOf(THERE) : null
  if (action.watch === null) return null
  const seen = { ...UNSEEN, answeredAt: endedAt ?? 0 }
  const at = Date.now()
  // A finding with a note is less than certain, so only `true` counts.
  const isDone =
    findingOf(action, { expects }, { at, vm, creating: group.creating, other: undefined, seen }) === true
  return isDone ? noteOf(THERE) : null
}

/** The note of a machine for which a fetch shows that the action was done after all; otherwise null. */
export function achievedNote(
  group: GroupFetch,
  id: number,
  isAchieved: ((vm: VirtualMachine | null) => boolean) | null,
): string | null {
  const vm = machineIn(group, id)
  if (vm === undefined || isAchieved?.(vm) !== true) return null
  return noteOf(vm === null ? 'the machine was not found' : inWords({ vm, creating: group.creating }))
}

/** The machine as fetched; null if it is gone, undefined if the fetch doesn't say. */
export function machineIn({ machines, complete }: GroupFetch, id: number): VirtualMachine | null | undefined {
  return machines.find((vm) => vm.id === id) ?? (complete ? null : undefined)
}

export function isIn({ ref }: GroupFetch, { account, group }: GroupRef): boolean {
  return ref.account === account && ref.group === group
}

/** True if the user has changed the machine again, so that its state doesn't tell how the earlier operation ended. */
export function hasActedSince(id: number, key: string | null, begunAt: number): boolean {
  return operations().some(
    (other) =>
      other.target.id === id && other.key !== key && other.begunAt >= begunAt && other.steps.length > 0,
  )
}

const THERE = 'the change is there'
const noteOf = (shows: string): string => `Unclear at first. Checked at ${formatClock(Date.now())}: ${shows}.`
