import type { WatchedAction } from '../actions/action.ts'
import { writtenAutoreboot } from '../actions/autoreboot.ts'
import { machineActionOf, watchedActionOf } from '../actions/index.ts'
import type { Finding, Observation } from '../actions/observation.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { onOff } from '../lib/text.ts'
import { refreshGroup, showRow } from './machine-cache.ts'
import { isOverdue, type Evidence, type Operation } from './operation.ts'
import { machineIn, type AnsweredRequest } from './send.ts'
import { endOperation, findOperation, updateOperation } from './store.ts'

// After the last answer, an operation waits until BigV shows it done. watch-rounds.ts fetches the machines.

/** An operation's machine as fetched: `vm` is null if BigV answered 404. */
export interface FetchedMachine {
  /** When the fetch began, ms since 1970. */
  at: number
  vm: VirtualMachine | null
  creating: boolean
  /** The second machine, for an action on two. Null if it is gone, undefined if it wasn't fetched. */
  other?: VirtualMachine | null
}

export type CheckResult =
  | { is: 'waiting'; evidence: Evidence }
  | { is: 'done' | 'superseded' | 'unclear'; note: string }

export const GONE = 'was not found, or you don’t have access.'

/** The evidence about a machine that hasn't been fetched since BigV's answer. */
export const UNSEEN = { headBefore: null, offSeen: false, headMoved: false, timesSeenOn: 0 } as const

/**
 * Starts watching an operation whose requests were all answered.
 * @param headBefore the head that the machine was on, if any
 */
export function watchFrom(key: string, last: AnsweredRequest | null, headBefore: string | null): void {
  const operation = findOperation(key)
  if (operation === undefined || operation.phase === 'ended') return
  const { target, overdueAfter } = operation
  const answeredAt = Date.now()
  const vm = last ? machineIn(last) : undefined
  const { checkAnswer } = machineActionOf(operation.action) ?? {}
  const said = last && checkAnswer?.({ data: last.answer.data, vm, request: last.request })
  const evidence = { ...UNSEEN, answeredAt, headBefore, ...(said && { said: said.note }) }
  updateOperation(key, { phase: 'waiting', patienceFrom: answeredAt, evidence })
  // The answer to a PUT shows the machine, which may already prove the operation done. The answer to a signal shows nothing.
  if (vm) {
    showRow(target, vm)
    observe(key, { at: answeredAt, vm, creating: false })
  } else if (overdueAfter === null) {
    endOperation(key, said?.is === 'superseded' ? 'superseded' : 'done', said?.note ?? '')
  }
  refreshGroup(target)
}

/** Restarts the time until an operation counts as overdue. */
export function keepWaiting(key: string): void {
  updateOperation(key, { patienceFrom: Date.now() })
}

/** Stops watching on the user's request. BigV may still carry out the request. */
export function stopWatching(key: string): void {
  endOperation(key, 'no longer watching', 'You stopped watching. BigV may still carry out the request.')
}

/** Ends an operation as done because the user says so: BigV shows no sign of a restart. */
export function confirmRestart(key: string): void {
  endOperation(key, 'done', RESTARTED)
}

export const RESTARTED = 'You confirmed the restart.'

/** Checks a waiting operation against a fetch of its machine. Ignores a fetch that began before the answer. */
export function observe(key: string, observation: FetchedMachine): void {
  const operation = findOperation(key)
  if (operation?.phase !== 'waiting' || operation.evidence === null) return
  if (observation.at < operation.evidence.answeredAt) return
  const result = check(operation, observation)
  const target = { ...operation.target, id: operation.target.id ?? observation.vm?.id ?? null }
  if (result.is === 'waiting') {
    updateOperation(key, { evidence: result.evidence, target })
    return
  }
  if (target.id !== operation.target.id) updateOperation(key, { target })
  endOperation(key, result.is, result.note)
  refreshGroup(operation.target)
  if (operation.also !== undefined) refreshGroup(operation.also)
}

/**
 * Returns the state of a waiting operation after an observation that began after its last answer. This function has the rules that apply to
 * all actions; each action adds its own (`isDone`). Pure. Elapsed time alone proves nothing.
 */
export function check(operation: Operation, observation: FetchedMachine): CheckResult {
  const { evidence } = operation
  if (evidence === null) throw new Error('An operation is checked only after its requests were answered.')
  const action = watchedActionOf(operation.action)
  if (action === undefined) throw new Error(`${operation.action} is not watched.`)
  const { vm, other } = observation
  if (vm === null) return missing(operation, action, observation.at, evidence)
  if (vm.deleted && !action.onDeleted)
    return { is: 'superseded', note: 'The machine was deleted in the meantime.' }
  if (operation.also !== undefined) {
    if (other === undefined) return { is: 'waiting', evidence }
    if (other === null) return { is: 'superseded', note: `${operation.also.name} ${GONE}` }
  }
  // While a machine is being created, it may get its autoreboot_on only at the end.
  const written =
    action.on === 'machine'
      ? operation.steps.map(({ body }) => writtenAutoreboot(body)).find((value) => value !== undefined)
      : undefined
  const contradiction = autorebootContradiction(written, vm)
  if (contradiction !== null) return { is: 'superseded', note: contradiction }
  const seen = seenIn(evidence, vm)
  const facts = { ...observation, vm, other: other ?? undefined, seen }
  const found = findingOf(action, operation, facts)
  if (found === true) return { is: 'done', note: '' }
  if (found !== false) return found
  // A batch has nobody who decides about each machine. After a machine was seen off, BigV is still expected to turn it on.
  const ends = operation.batch !== undefined && isOverdue(operation, observation.at) && !seen.offSeen
  const note = ends && action.watch?.unseenNote?.({ ...facts, expected: operation.expects })
  return note ? { is: 'unclear', note } : { is: 'waiting', evidence: seen }
}

/** What the action concludes from an observation. An action that needs no watching is done. */
export function findingOf(
  action: WatchedAction,
  { expects }: Pick<Operation, 'expects'>,
  observation: Omit<Observation, 'expected'>,
): Finding {
  return action.watch?.isDone({ ...observation, expected: expects }) ?? true
}

/** Adds what this fetch shows to the evidence. */
export function seenIn(evidence: Evidence, { power_on, head }: VirtualMachine): Evidence {
  const { headBefore } = evidence
  const moved = headBefore !== null && typeof head === 'string' && head !== headBefore
  return {
    ...evidence,
    offSeen: evidence.offSeen || !power_on,
    headMoved: evidence.headMoved || moved,
    timesSeenOn: evidence.timesSeenOn + (power_on ? 1 : 0),
  }
}

function missing(
  { target, expects }: Operation,
  { whenGone, appearsWithin = 0 }: WatchedAction,
  at: number,
  evidence: Evidence,
): CheckResult {
  const gone = whenGone?.(expects)
  if (gone) return gone
  // The machine has no id until it is seen for the first time, and may still appear.
  if (target.id === null && at - evidence.answeredAt < appearsWithin) return { is: 'waiting', evidence }
  return { is: 'superseded', note: `The machine ${GONE}` }
}

/** If a value of autoreboot_on was written, how the machine's value contradicts it, in a sentence. Null if it doesn't. */
export function autorebootContradiction(
  written: boolean | undefined,
  vm: Pick<VirtualMachine, 'autoreboot_on'>,
): string | null {
  if (written === undefined || written === vm.autoreboot_on) return null
  return `Automatic restart is ${onOff(vm.autoreboot_on)}, not ${onOff(written)}: someone else changed it, or BigV ignored the request.`
}
