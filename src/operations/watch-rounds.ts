import { watchedActionOf } from '../actions/index.ts'
import { ApiError } from '../api/errors.ts'
import { pauseAfterFailure } from '../api/polling.ts'
import { isNotFound } from '../api/query-client.ts'
import { fetchMachine, fetchMachines } from '../api/virtual-machines.ts'
import { currentSession } from '../session/session.ts'
import { fetchIfThere, showMachine, showRow } from './machine-cache.ts'
import type { Operation } from './operation.ts'
import { findOperation, operations, subscribeOperations, updateOperation } from './store.ts'
import { observe } from './watch.ts'

const ALONE_MS = 2_000
const TOGETHER_MS = 5_000
const ALONE_AT_MOST = 5

let timer: ReturnType<typeof setTimeout> | null = null
/**
 * The keys of operations or groups being fetched, or pausing after a failure. A slow or failing answer delays only its own machine or
 * group.
 */
const busy = new Set<string>()
/** The number of failures in a row, by the same keys. */
const failures = new Map<string, number>()

/**
 * Fetches the machines of this tab's waiting operations until these are done: each machine alone, every two seconds. With more than five
 * operations, every five seconds, by one list per group where a list shows enough. Continues in hidden tabs and on every page. Call once,
 * at the start.
 */
export function startWatch(): void {
  subscribeOperations(schedule)
  schedule()
}

/** Fetches the machine of a waiting operation now instead of in the next round. */
export function fetchNow(key: string): void {
  const operation = findOperation(key)
  if (operation?.phase === 'waiting') void once(key, ALONE_MS, () => fetchAlone(operation))
}

function waiting(): Operation[] {
  return operations().filter(({ phase, otherTab }) => phase === 'waiting' && !otherTab)
}

function schedule(): void {
  if (timer !== null || waiting().length === 0) return
  timer = setTimeout(
    () => {
      timer = null
      round()
      schedule()
    },
    waiting().length > ALONE_AT_MOST ? TOGETHER_MS : ALONE_MS,
  )
}

function round(): void {
  followClock()
  if (currentSession().expired || currentSession().credentials === null) return
  const list = waiting()
  const many = list.length > ALONE_AT_MOST
  const groups = new Map<string, Operation[]>()
  for (const operation of list) {
    const { action, key, target } = operation
    if (many && !watchedActionOf(action)?.needsDetail) {
      const group = JSON.stringify([target.account, target.group])
      groups.set(group, [...(groups.get(group) ?? []), operation])
    } else void once(key, many ? TOGETHER_MS : ALONE_MS, () => fetchAlone(operation))
  }
  for (const [key, group] of groups) void once(key, TOGETHER_MS, () => fetchTogether(group))
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
  try {
    await fetch()
    failures.delete(key)
    busy.delete(key)
  } catch (error) {
    const count = (failures.get(key) ?? 0) + 1
    failures.set(key, count)
    setTimeout(() => busy.delete(key), pauseAfterFailure(everyMs, count, error))
    // A failed fetch says nothing about the machine. A later fetch may.
    if (!(error instanceof ApiError)) throw error
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
  const machines = await fetchMachines(first.target, true)
  const byId = new Map<number | null, (typeof machines)[number]>(machines.map((vm) => [vm.id, vm]))
  for (const { key, target } of list) {
    const vm = byId.get(target.id) ?? null
    observe(key, { at, vm, creating: false })
    if (vm !== null) showRow(target, vm, at)
  }
}
