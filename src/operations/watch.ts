import type { Target } from '../actions/action.ts'
import { machineActionOf, watchedActionOf } from '../actions/index.ts'
import { ApiError } from '../api/errors.ts'
import { isNotFound } from '../api/query-client.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { fetchMachine, fetchMachines } from '../api/virtual-machines.ts'
import { currentSession } from '../session/session.ts'
import { formatClock } from '../lib/times.ts'
import { check, pairSays, type Observation } from './check.ts'
import { fetchAndShow, refreshGroup, showMachine, showRow } from './machine-cache.ts'
import type { Operation } from './operation.ts'
import { machineIn, type Sent } from './send.ts'
import { inWords } from './state.ts'
import { endOperation, findOperation, operations, subscribeOperations, updateOperation } from './store.ts'

const ALONE_MS = 2_000
const TOGETHER_MS = 5_000
const ALONE_AT_MOST = 5

let timer: ReturnType<typeof setTimeout> | null = null
/** What is being fetched just now: an answer that is long in coming holds up its own machine, or group, alone. */
const looking = new Set<string>()

/**
 * Watches every waiting operation of this tab until it is done: each machine alone every two seconds, or one list per group
 * every five when there are more than five. Goes on in hidden tabs and on every page. Call once, at the start.
 */
export function startWatch(): void {
  subscribeOperations(schedule)
  schedule()
}

/**
 * Hands an operation whose requests were all answered to the watch. The last answer may settle it already. `headBefore`: the head
 * on which the machine was before, if it was on one.
 */
export function watchFrom(key: string, last: Sent | null, headBefore: string | null): void {
  const operation = findOperation(key)
  if (operation === undefined || operation.phase === 'ended') return
  const { target, overdueAfter } = operation
  const answeredAt = Date.now()
  const vm = last ? machineIn(last) : undefined
  const { readsAnswer } = machineActionOf(operation.action) ?? {}
  const said = last && readsAnswer?.({ data: last.answer.data, vm, request: last.request })
  updateOperation(key, {
    phase: 'waiting',
    patienceFrom: answeredAt,
    evidence: {
      answeredAt,
      headBefore,
      offSeen: false,
      headMoved: false,
      onReadings: 0,
      ...(said && { said: said.note }),
    },
  })
  // The answer to a PUT shows the machine; a signal's says nothing of it, so what it settles is its coming.
  if (vm) {
    showRow(target, vm)
    see(key, { at: answeredAt, vm, creating: false })
  } else if (overdueAfter === null) {
    endOperation(key, said?.is === 'superseded' ? 'superseded' : 'done', said?.note ?? '')
  } else if (target.id !== null) lookNow(key)
  refreshGroup(target)
}

/** The user goes on waiting for an overdue operation: its spell begins anew. */
export function keepWaiting(key: string): void {
  updateOperation(key, { patienceFrom: Date.now() })
}

/** The user stops watching. BigV may still do what it was asked to. */
export function stopWatching(key: string): void {
  endOperation(key, 'no longer watching', 'You stopped watching. BigV may still do it.')
}

/** Lets an operation decide by an observation of its machine. One from before the last answer counts for nothing. */
export function see(key: string, observation: Observation): void {
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

/** Fetches the machine of a waiting operation at once, without waiting for the next round. */
export function lookNow(key: string): void {
  const operation = findOperation(key)
  if (operation?.phase === 'waiting') once(key, () => lookAlone(operation))
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

/** What was begun in the future was not: the clock was put back. Reckoned from there it would never be done, nor overdue. */
function heedClock(): void {
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

function round(): void {
  heedClock()
  if (currentSession().expired || currentSession().credentials === null) return
  const list = waiting()
  if (list.length <= ALONE_AT_MOST) {
    for (const operation of list) once(operation.key, () => lookAlone(operation))
  } else for (const [key, group] of byGroup(list)) once(key, () => lookTogether(group))
}

function once(key: string, look: () => Promise<void>): void {
  if (looking.has(key)) return
  looking.add(key)
  void look().finally(() => looking.delete(key))
}

async function lookAlone({ key, target, also }: Operation): Promise<void> {
  const at = Date.now()
  try {
    const machine = await fetchMachine(target, target.id ?? target.name)
    see(key, { at, ...machine, ...(also && { other: await fetchOther(also) }) })
    showMachine(target, machine)
  } catch (error) {
    if (isNotFound(error)) see(key, { at, vm: null, creating: false })
    else if (!(error instanceof ApiError)) throw error
    // A failed fetch says nothing of the machine; the next one may.
  }
}

async function lookTogether(list: Operation[]): Promise<void> {
  const [first] = list
  if (first === undefined) return
  const at = Date.now()
  try {
    const machines = await fetchMachines(first.target, true)
    const byId = new Map(machines.map((machine) => [machine.id, machine]))
    for (const operation of list) {
      const { id, name } = operation.target
      const vm = (id === null ? machines.find((machine) => machine.name === name) : byId.get(id)) ?? null
      if (watchedActionOf(operation.action)?.needsDetail) await lookAlone(operation)
      else see(operation.key, { at, vm, creating: false })
      if (vm !== null) showRow(operation.target, vm)
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}

function byGroup(list: Operation[]): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>()
  for (const operation of list) {
    const { account, group } = operation.target
    const key = JSON.stringify([account, group])
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [operation])
    else known.push(operation)
  }
  return groups
}

/** Fetches the other machine of an operation; null when BigV has it no more. Throws an ApiError. */
async function fetchOther(also: Target): Promise<VirtualMachine | null> {
  try {
    return (await fetchAndShow(also, also.id ?? also.name)).vm
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

const GONE = 'Read again, BigV no longer shows it: it is gone, or not yours to see.'

/** Fetches the machine of an operation whose request got no answer, and says what it shows. Done where it is gone and was to go. */
export async function lookAgain(key: string): Promise<{ outcome: 'done' | 'unclear'; note: string }> {
  const operation = findOperation(key)
  const known = operation ? await whatIsKnown(operation) : ''
  const action = operation && machineActionOf(operation.action)
  if (known === null && action?.whenGone?.(operation?.expects ?? null).is === 'done') {
    return { outcome: 'done', note: 'But read again, it is gone.' }
  }
  return { outcome: 'unclear', note: `Whether BigV did it is not known. ${known ?? GONE}` }
}

/** What the machine shows, in a sentence; null when BigV has it no more. */
async function whatIsKnown(operation: Operation): Promise<string | null> {
  const { target, also } = operation
  try {
    const machine = await fetchAndShow(target, target.id ?? target.name)
    if (also === undefined) return `Read again at ${formatClock(Date.now())}, it shows: ${inWords(machine)}.`
    const says = pairSays(operation, machine.vm, await fetchOther(also))
    return `Both read again at ${formatClock(Date.now())}: ${says}`
  } catch (error) {
    if (isNotFound(error)) return null
    return error instanceof ApiError ? `Reading it again failed too: ${error.message}` : ''
  }
}
