import { machineActionOf, watchedActionOf } from '../actions/index.ts'
import { ApiError } from '../api/errors.ts'
import { isNotFound } from '../api/query-client.ts'
import { fetchMachine, fetchMachines } from '../api/virtual-machines.ts'
import { currentSession } from '../session/session.ts'
import { check, UNSEEN, type FetchedMachine } from './check.ts'
import { fetchIfThere, refreshGroup, showMachine, showRow } from './machine-cache.ts'
import type { Operation } from './operation.ts'
import { machineIn, type Sent } from './recording.ts'
import { endOperation, findOperation, operations, subscribeOperations, updateOperation } from './store.ts'

const ALONE_MS = 2_000
const TOGETHER_MS = 5_000
const ALONE_AT_MOST = 5

let timer: ReturnType<typeof setTimeout> | null = null
/** What is being fetched just now: a slow answer delays its own machine, or group, alone. */
const fetching = new Set<string>()

/**
 * Watches every waiting operation of this tab until it is done: each machine alone every two seconds, or one list per group
 * every five when there are more than five. Goes on in hidden tabs and on every page. Call once, at the start.
 */
export function startWatch(): void {
  subscribeOperations(schedule)
  schedule()
}

/** Starts watching an operation whose requests were all answered. `headBefore`: the head on which the machine was, if on one. */
export function watchFrom(key: string, last: Sent | null, headBefore: string | null): void {
  const operation = findOperation(key)
  if (operation === undefined || operation.phase === 'ended') return
  const { target, overdueAfter } = operation
  const answeredAt = Date.now()
  const vm = last ? machineIn(last) : undefined
  const { readsAnswer } = machineActionOf(operation.action) ?? {}
  const said = last && readsAnswer?.({ data: last.answer.data, vm, request: last.request })
  const evidence = { ...UNSEEN, answeredAt, headBefore, ...(said && { said: said.note }) }
  updateOperation(key, { phase: 'waiting', patienceFrom: answeredAt, evidence })
  // The answer to a PUT shows the machine, which may settle it already. A signal's says nothing of it.
  if (vm) {
    showRow(target, vm)
    observe(key, { at: answeredAt, vm, creating: false })
  } else if (overdueAfter === null) {
    endOperation(key, said?.is === 'superseded' ? 'superseded' : 'done', said?.note ?? '')
  } else if (target.id !== null) fetchNow(key)
  refreshGroup(target)
}

/** The user goes on waiting for an overdue operation. */
export function keepWaiting(key: string): void {
  updateOperation(key, { patienceFrom: Date.now() })
}

/** The user stops watching. BigV may still do what it was asked to. */
export function stopWatching(key: string): void {
  endOperation(key, 'no longer watching', 'You stopped watching. BigV may still do it.')
}

/** Checks a waiting operation against its machine as it was fetched. A fetch that began before the answer counts for nothing. */
export function observe(key: string, observation: FetchedMachine): void {
  const operation = findOperation(key)
  if (operation?.phase !== 'waiting' || operation.evidence === null) return
  if (observation.at < operation.evidence.answeredAt) return
  const verdict = check(operation, observation)
  const target = { ...operation.target, id: operation.target.id ?? observation.vm?.id ?? null }
  if (verdict.is === 'waiting') {
    updateOperation(key, { evidence: verdict.evidence, target })
    return
  }
  if (target.id !== operation.target.id) updateOperation(key, { target })
  endOperation(key, verdict.is, verdict.note)
  refreshGroup(operation.target)
  if (operation.also !== undefined) refreshGroup(operation.also)
}

/** Fetches the machine of a waiting operation now, instead of in the next round. */
export function fetchNow(key: string): void {
  const operation = findOperation(key)
  if (operation?.phase === 'waiting') once(key, () => fetchAlone(operation))
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
  if (list.length <= ALONE_AT_MOST) {
    for (const operation of list) once(operation.key, () => fetchAlone(operation))
    return
  }
  const groups = new Map<string, Operation[]>()
  for (const operation of list) {
    const key = JSON.stringify([operation.target.account, operation.target.group])
    groups.set(key, [...(groups.get(key) ?? []), operation])
  }
  for (const [key, group] of groups) once(key, () => fetchTogether(group))
}

/** When the clock was put back, times in the future would keep an operation from being done or overdue. */
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

function once(key: string, fetch: () => Promise<void>): void {
  if (fetching.has(key)) return
  fetching.add(key)
  void fetch().finally(() => fetching.delete(key))
}

async function fetchAlone({ key, target, also }: Operation): Promise<void> {
  const at = Date.now()
  try {
    const machine = await fetchMachine(target, target.id ?? target.name)
    const other = also && ((await fetchIfThere(also, also.id ?? also.name))?.vm ?? null)
    observe(key, { at, ...machine, ...(also && { other }) })
    showMachine(target, machine)
  } catch (error) {
    if (isNotFound(error)) observe(key, { at, vm: null, creating: false })
    // Another failed fetch says nothing of the machine; the next one may.
    else if (!(error instanceof ApiError)) throw error
  }
}

async function fetchTogether(list: Operation[]): Promise<void> {
  const [first] = list
  if (first === undefined) return
  const at = Date.now()
  try {
    const machines = await fetchMachines(first.target, true)
    const byId = new Map(machines.map((machine) => [machine.id, machine]))
    for (const operation of list) {
      const { id, name } = operation.target
      const vm = (id === null ? machines.find((machine) => machine.name === name) : byId.get(id)) ?? null
      if (watchedActionOf(operation.action)?.needsDetail) await fetchAlone(operation)
      else observe(operation.key, { at, vm, creating: false })
      if (vm !== null) showRow(operation.target, vm)
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}
