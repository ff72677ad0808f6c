import type { WatchedAction } from '../actions/action.ts'
import { writtenAutoreboot } from '../actions/autoreboot.ts'
import { machineActionOf, watchedActionOf } from '../actions/index.ts'
import type { Finding, Observation } from '../actions/observation.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { yesNo } from '../lib/text.ts'
import { refreshGroup, showRow } from './machine-cache.ts'
import type { Evidence, Operation } from './operation.ts'
import { machineIn, type AnsweredRequest } from './send.ts'
import { endOperation, findOperation, updateOperation } from './store.ts'

// From the last answer on, an operation waits until BigV shows it done. watch-rounds.ts fetches the machines meanwhile.

/** The machine that an operation is about, as it was fetched: `vm` null when BigV answered 404. */
export interface FetchedMachine {
  /** When the fetch began, ms since 1970. */
  at: number
  vm: VirtualMachine | null
  creating: boolean
  /** Of the other machine, where there is one; null when it is gone, undefined when it was not fetched. */
  other?: VirtualMachine | null
}

export type Verdict = { is: 'waiting'; evidence: Evidence } | { is: 'done' | 'superseded'; note: string }

export const GONE = 'was not found, or you don’t have access.'

/** Of a machine that was not fetched since the answer. */
export const UNSEEN = { headBefore: null, offSeen: false, headMoved: false, timesSeenOn: 0 } as const

/** Starts watching an operation whose requests were all answered. `headBefore`: the head on which the machine was, if on one. */
export function watchFrom(key: string, last: AnsweredRequest | null, headBefore: string | null): void {
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
  }
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

/**
 * Whether a waiting operation is done, superseded, or still waiting, by an observation that began after its last answer. What is
 * true of every action is checked here, the rest by the action itself. Pure; concludes nothing from elapsed time alone.
 */
export function check(operation: Operation, observation: FetchedMachine): Verdict {
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
  // A machine that is being made has autoreboot_on in the end, not from the start.
  const written =
    action.on === 'machine'
      ? operation.steps.map(({ body }) => writtenAutoreboot(body)).find((value) => value !== undefined)
      : undefined
  const contradiction = autorebootOtherwise(written, vm)
  if (contradiction !== null) return { is: 'superseded', note: contradiction }
  const seen = seenIn(evidence, vm)
  const found = findingOf(action, operation, { ...observation, vm, other: other ?? undefined, seen })
  if (found === false) return { is: 'waiting', evidence: seen }
  return found === true ? { is: 'done', note: '' } : found
}

/** What an observation shows of an operation; done where its action is settled by BigV's answer. */
export function findingOf(
  action: WatchedAction,
  { expects }: Pick<Operation, 'expects'>,
  observation: Omit<Observation, 'expected'>,
): Finding {
  return action.watch?.isDone({ ...observation, expected: expects }) ?? true
}

/** What has been seen by now, from what was seen before. */
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
): Verdict {
  const gone = whenGone?.(expects)
  if (gone) return gone
  // Once it has been seen, its id is known.
  if (target.id === null && at - evidence.answeredAt < appearsWithin) return { is: 'waiting', evidence }
  return { is: 'superseded', note: `The machine ${GONE}` }
}

/** What contradicts the autoreboot_on that was written, if any was, in a sentence; or null. */
export function autorebootOtherwise(
  written: boolean | undefined,
  vm: Pick<VirtualMachine, 'autoreboot_on'>,
): string | null {
  if (written === undefined || written === vm.autoreboot_on) return null
  return `autoreboot_on is ${yesNo(vm.autoreboot_on)}, not ${yesNo(written)}: someone else changed it, or BigV ignored it.`
}
