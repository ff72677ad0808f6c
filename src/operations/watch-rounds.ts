import { watchedActionOf } from '../actions/index.ts'
import { ApiError } from '../api/errors.ts'
import { pauseAfterFailure } from '../api/polling.ts'
import { isNotFound } from '../api/query-client.ts'
import { fetchMachine, fetchMachines } from '../api/virtual-machines.ts'
import { currentSession } from '../session/session.ts'
import { fetchIfThere, showMachine, showRow } from './machine-cache.ts'
import { isOverdue, type Operation } from './operation.ts'
import { findOperation, operations, subscribeOperations, updateOperation } from './store.ts'
import { observe } from './watch.ts'

const ROUND_MS = 1_000
const ALONE_MS = 2_000
/** How often a machine is fetched while a short moment at which it is off must not be missed. */
const MOMENT_MS = 1_000
const TOGETHER_MS = 5_000
/** Up to this many machines are each fetched alone. If there are more, they take turns, at this many fetches a second. */
const ALONE_AT_MOST = 5
/** A list is fetched again at the earliest after ten times as long as its last fetch took, as in polling. */
const LIST_TIMES = 10
/** How long a 429 slows the fetches down, or until no operation is waiting. */
const SLOW_MS = 60_000

let timer: ReturnType<typeof setTimeout> | null = null
/**
 * The keys of operations or groups being fetched, or pausing after a failure. A slow or failing answer delays only its own machine or
 * group.
 */
const busy = new Set<string>()
/** The number of failures in a row, by the same keys. */
const failures = new Map<string, number>()
/** When the last fetch began, and how long it took, by the same keys. */
const fetched = new Map<string, { at: number; tookMs: number }>()
/** Until this time, BigV is asked less often, because it has answered 429. */
let slowUntil = 0

/**
 * Fetches the machines of this tab's waiting operations until these are done: each machine alone, every two seconds, or every second while
 * it may be off for a moment. With more than five operations, by one list per group every five seconds; machines that a list shows too
 * little of, or too rarely, take turns at five fetches a second. Continues in hidden tabs and on every page. Call once, at the start.
 */
export function startWatch(): void {
  subscribeOperations(schedule)
  schedule()
}

/** Fetches the machine of a waiting operation at once, without waiting for the timer. */
export function fetchNow(key: string): void {
  const operation = findOperation(key)
  if (operation?.phase === 'waiting') void once(key, ALONE_MS, () => fetchAlone(operation))
}

function waiting(): Operation[] {
  return operations().filter(({ phase, otherTab }) => phase === 'waiting' && !otherTab)
}

function schedule(): void {
  if (timer !== null) return
  if (waiting().length === 0) {
    fetched.clear()
    slowUntil = 0
    return
  }
  timer = setTimeout(() => {
    timer = null
    round()
    schedule()
  }, ROUND_MS)
}

function round(): void {
  followClock()
  if (currentSession().expired || currentSession().credentials === null) return
  const list = waiting()
  const slow = Date.now() < slowUntil
  const many = list.length > ALONE_AT_MOST
  const alone = many ? list.filter((operation) => needsOwnFetch(operation, slow)) : list
  const next = alone
    .filter((operation) => isDue(operation.key, lastSeen(operation), slow ? TOGETHER_MS : paceOf(operation)))
    .toSorted((a, b) => lastSeen(a) - lastSeen(b))
    .slice(0, slow && many ? 1 : ALONE_AT_MOST)
  for (const operation of next)
    void once(operation.key, many ? TOGETHER_MS : ALONE_MS, () => fetchAlone(operation))
  if (many) fetchLists(list.filter(({ action }) => !watchedActionOf(action)?.needsDetail))
}

/** Fetches the lists of these operations' groups, if they are due. */
function fetchLists(list: readonly Operation[]): void {
  const groups = new Map<string, Operation[]>()
  for (const operation of list) {
    const key = JSON.stringify([operation.target.account, operation.target.group])
    groups.set(key, [...(groups.get(key) ?? []), operation])
  }
  for (const [key, group] of groups) {
    const { at, tookMs } = fetched.get(key) ?? { at: Math.min(...group.map(answeredAt)), tookMs: 0 }
    if (isDue(key, at, Math.max(TOGETHER_MS, tookMs * LIST_TIMES)))
      void once(key, TOGETHER_MS, () => fetchTogether(group))
  }
}

/** True if lists show too little of the machine, or too rarely. */
function needsOwnFetch(operation: Operation, slow: boolean): boolean {
  return watchedActionOf(operation.action)?.needsDetail === true || (!slow && awaitsOffMoment(operation))
}

function awaitsOffMoment(operation: Operation): boolean {
  const { action, evidence } = operation
  return (
    watchedActionOf(action)?.watch?.needsOffMoment === true &&
    evidence?.offSeen === false &&
    !isOverdue(operation, Date.now())
  )
}

const paceOf = (operation: Operation): number => (awaitsOffMoment(operation) ? MOMENT_MS : ALONE_MS)

/** When the last fetch of an operation's machine began. Before the first fetch, the time of BigV's answer to the last request. */
function lastSeen(operation: Operation): number {
  return fetched.get(operation.key)?.at ?? answeredAt(operation)
}

const answeredAt = ({ evidence }: Operation): number => evidence?.answeredAt ?? 0

/** True at the tick of the timer that is nearest to `everyMs` after the last fetch. */
function isDue(key: string, lastAt: number, everyMs: number): boolean {
  const sinceMs = Date.now() - lastAt
  // If the clock was set back, the last fetch lies in the future.
  return !busy.has(key) && (sinceMs >= everyMs - ROUND_MS / 2 || sinceMs < 0)
}

/** If the clock was set back, times in the future would keep an operation from being done or overdue. */
function followClock(): void {
  const now = Date.now()
  for (const { key, begunAt, patienceFrom, evidence } of waiting()) {
    if (Math.max(begunAt, patienceFrom, evidence?.answeredAt ?? 0) <= now) continue
    updateOperation(key, {
      begunAt: Math.min(begunAt, now),
      patienceFrom: Math.min(patienceFrom, now),
      evidence: evidence && { ...evidence, answeredAt: Math.min(evidence.answeredAt, now) },
    })
  }
}

/**
 * Fetches, unless a fetch with this key is running or pausing. Pauses after a failure, as polling does, and at least as long as BigV asks
 * to wait (Retry-After).
 */
async function once(key: string, everyMs: number, fetch: () => Promise<void>): Promise<void> {
  if (busy.has(key)) return
  busy.add(key)
  const at = Date.now()
  fetched.set(key, { at, tookMs: fetched.get(key)?.tookMs ?? 0 })
  try {
    await fetch()
    fetched.set(key, { at, tookMs: Date.now() - at })
    failures.delete(key)
    busy.delete(key)
  } catch (error) {
    const count = (failures.get(key) ?? 0) + 1
    failures.set(key, count)
    setTimeout(() => busy.delete(key), pauseAfterFailure(everyMs, count, error))
    // A failed fetch says nothing about the machine. A later fetch may.
    if (!(error instanceof ApiError)) throw error
    if (error.status === 429) slowUntil = Date.now() + SLOW_MS
  }
}

async function fetchAlone({ key, target, also }: Operation): Promise<void> {
  const at = Date.now()
  try {
    const machine = await fetchMachine(target, target.id ?? target.name)
    const other = also && ((await fetchIfThere(also, also.id ?? also.name))?.vm ?? null)
    observe(key, { at, ...machine, ...(also && { other }) })
    showMachine(target, machine)
  } catch (error) {
    if (!isNotFound(error)) throw error
    observe(key, { at, vm: null, creating: false })
  }
}

/** Fetches a group's list for the operations that a row of the list is enough to check. */
async function fetchTogether(list: Operation[]): Promise<void> {
  const [first] = list
  if (first === undefined) return
  const at = Date.now()
  const machines = await fetchMachines(first.target)
  const byId = new Map<number | null, (typeof machines)[number]>(machines.map((vm) => [vm.id, vm]))
  for (const { key, target } of list) {
    const vm = byId.get(target.id) ?? null
    observe(key, { at, vm, creating: false })
    if (vm !== null) showRow(target, vm, at)
  }
}
