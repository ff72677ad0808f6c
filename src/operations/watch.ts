import { machineActionOf } from '../actions/index.ts'
import { ApiError } from '../api/errors.ts'
import { isNotFound } from '../api/query-client.ts'
import { fetchMachine, fetchMachines } from '../api/virtual-machines.ts'
import { currentSession } from '../session/session.ts'
import { check, type Observation } from './done.ts'
import type { Operation } from './operation.ts'
import { fetchOther } from './other-machine.ts'
import { refreshGroup, showMachine, showRow } from './machine-cache.ts'
import { endOperation, findOperation, operations, subscribeOperations, updateOperation } from './store.ts'

const ALONE_MS = 2_000
const TOGETHER_MS = 5_000
const ALONE_AT_MOST = 5

let timer: ReturnType<typeof setTimeout> | null = null
/** What is being read just now: an answer that is long in coming holds up its own machine, or group, alone. */
const looking = new Set<string>()

/**
 * Watches every waiting operation of this tab until it is done: each machine alone every two seconds, or one list per group
 * every five when there are more than five. Goes on in hidden tabs and on every page. Call once, at the start.
 */
export function startWatch(): void {
  subscribeOperations(plan)
  plan()
}

/** Takes a sight of the machine that an operation is about, and lets it decide. Old sights count for nothing. */
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

/** Reads the machine of a waiting operation at once, without waiting for the next round. */
export function lookNow(key: string): void {
  const operation = findOperation(key)
  if (operation?.phase === 'waiting') once(key, () => lookAlone(operation))
}

function waiting(): Operation[] {
  return operations().filter(({ phase, otherTab }) => phase === 'waiting' && !otherTab)
}

function plan(): void {
  if (timer !== null || waiting().length === 0) return
  timer = setTimeout(
    () => {
      timer = null
      round()
      plan()
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
    // A failed reading says nothing of the machine; the next one may.
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
      // A list says neither which machines are still being made nor what discs and NICs they have: those are looked at alone.
      const action = machineActionOf(operation.action)
      if (action === undefined || action.needsDetail) await lookAlone(operation)
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
