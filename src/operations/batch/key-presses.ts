import { bind } from '../../actions/action.ts'
import { actions } from '../../actions/index.ts'
import { pressesIn, sendKeys } from '../../actions/keys.ts'
import { queryClient } from '../../api/query-client.ts'
import { machineQueries, type MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { forbiddenReason } from '../disabled-reason.ts'
import { fetchAndShow } from '../machine-cache.ts'
import type { Operation } from '../operation.ts'
import type { Place } from '../place.ts'
import { isReadOnly, readOnlyReason } from '../../session/read-only.ts'
import type { Begun } from '../run.ts'
import { begin, send, doneSoFar, type Job } from '../send.ts'
import { cancelReason } from '../sign-in-again.ts'
import { endOperation, findOperation, operations, updateOperation } from '../store.ts'
import { advance, wake, type Work } from './runner.ts'

/** Key presses for one machine. Each press is the `data` of one request: key names from BigV's definitions, joined by dashes. */
interface Presses {
  ref: GroupRef
  id: number
  name: string
  presses: readonly string[]
  /** The least time between two presses, in ms. */
  everyMs: number
}

/** The reason why no other keys can be sent until the current ones are: the presses of two texts would mix. */
export const KEYS_BUSY = 'Keys are already being sent to this machine.'

/** The presses that this tab is sending, by the operation's key. */
const sending = new Map<string, { stopping: boolean }>()

/**
 * Fetches the machine, then sends one request per press, in order, each after the answer to the one before. Stops at the first failure, at
 * `stopPresses`, if the machine is found off, and if another action begins on the machine. After a 401, continues once the user has signed
 * in again. Resolves once the first press can be sent, or is refused. Only the number of presses is recorded, because the keys may spell a
 * password.
 */
export async function beginPresses(job: Presses): Promise<Exclude<Begun, { is: 'changed' }>> {
  const begun = await begin(beginning(job))
  if (begun.is === 'refused') return { is: 'refused', reason: begun.reason }
  if (begun.is === 'fetch failed') return begun
  void sendAll(begun.key, job, begun.data, begun.place)
  return { is: 'begun', key: begun.key }
}

function beginning({ ref, id, name, presses, everyMs }: Presses) {
  const target = { ...ref, id, name }
  return {
    action: sendKeys,
    target,
    record: { expects: { presses: presses.length, everyMs } },
    blocked: () => forbiddenReason(sendKeys, target) ?? (pressesOn(operations(), id) ? KEYS_BUSY : null),
    fetch: () => fetchAndShow(ref, id),
    disabledReason: sendKeys.disabledReason,
  }
}

/** Stops after the current key press. Only works in the tab that sends the presses. */
export function stopPresses(key: string): void {
  const presses = sending.get(key)
  if (presses === undefined) return
  presses.stopping = true
  const isQueued = findOperation(key)?.phase === 'queued'
  updateOperation(key, { note: 'Stops after the current key press.', ...(isQueued && { phase: 'sending' }) })
  wake(key)
}

export function canStopPresses(key: string): boolean {
  return sending.get(key)?.stopping === false
}

/** The operation that sends presses to the machine with this id, in any tab. */
export function pressesOn(list: readonly Operation[], id: number): Operation | undefined {
  return list.find((each) => each.target.id === id && each.phase !== 'ended' && pressesIn(each) !== null)
}

async function sendAll(key: string, job: Presses, machine: MachineData, place: Place): Promise<void> {
  sending.set(key, { stopping: false })
  try {
    await advance(key, workOf(key, job, machine, place))
  } finally {
    place.release()
    sending.delete(key)
  }
}

function workOf(key: string, job: Presses, machine: MachineData, place: Place): Work<string> {
  const { presses, everyMs } = job
  const left = () => presses.slice(sentOf(key) ?? presses.length)
  const mayContinue = () => findOperation(key)?.phase !== 'ended' && stopReason(key, job) === null
  return {
    queued: () => (mayContinue() ? left() : []),
    free: () => 1,
    everyMs,
    begin: async ([press]) => {
      // Between two presses, other operations may send instead. The user may stop the presses while they wait.
      if (press === undefined || (await place.take()) === 'cancelled' || !mayContinue()) return
      await send(key, pressJob(key, job, press), machine, place)
    },
    onIdle: () => {
      const operation = findOperation(key)
      if (operation === undefined) return
      const count = left().length
      if (count === 0) endOperation(key, 'done', presses.length === 1 ? '' : `${presses.length} presses.`)
      else {
        const outcome = count === presses.length ? 'refused' : 'no longer watching'
        endOperation(key, outcome, `${stopReason(key, job) ?? ''}${doneSoFar(operation, false)}`)
      }
    },
  }
}

/**
 * One press, as a request of the operation, which continues with the next press. A press that gets no answer ends the operation, and isn't
 * sent again.
 */
function pressJob(key: string, job: Presses, press: string): Job<MachineData> {
  return {
    ...beginning(job),
    // Called once the user has signed in again. They may have stopped the presses by then.
    disabledReason: () => stopReason(key, job),
    requests: ({ vm }) => bind(sendKeys, press).requests(job.ref, vm),
    finish: () => {
      countStep(key)
      return { is: 'waiting' }
    },
    fetchUnanswered: async () => ({ outcome: 'unclear', note: '' }),
    refresh: () => {},
  }
}

/** Merges the answered presses into one step, with their total duration. */
function countStep(key: string): void {
  const steps = findOperation(key)?.steps ?? []
  const [before, step] = [steps.at(-2), steps.at(-1)]
  if (step === undefined) return
  const counted = before?.times ?? 0
  const times = counted + 1
  const first = counted > 0 ? before?.trace : null
  const trace =
    step.trace && first
      ? { ...step.trace, startedAt: first.startedAt, duration: first.duration + step.trace.duration }
      : step.trace
  const body = sendKeys.recordedBody?.(step.body, times)
  updateOperation(key, { steps: [...steps.slice(0, counted > 0 ? -2 : -1), { ...step, body, trace, times }] })
}

function sentOf(key: string): number | undefined {
  const operation = findOperation(key)
  return operation && pressesIn(operation)?.sent
}

/**
 * Why the next press isn't sent, or null: another operation has begun, the machine's state doesn't allow it, or the user has stopped the
 * presses.
 */
function stopReason(key: string, { ref, id }: Presses): string | null {
  const begunAt = findOperation(key)?.begunAt ?? 0
  const since = operations().find(
    ({ action, phase, target, begunAt: at }) =>
      target.id === id &&
      actions[action].inProgress !== null &&
      phase !== 'checking' &&
      phase !== 'queued' &&
      at > begunAt,
  )
  if (since !== undefined) return `Another action has started: “${actions[since.action].label}”.`
  const machine = queryClient.getQueryData(machineQueries.detail(ref, id).queryKey)
  return (
    cancelReason(key) ??
    readOnlyReason(isReadOnly()) ??
    (machine === undefined ? null : sendKeys.disabledReason(machine)) ??
    (sending.get(key)?.stopping ? 'Stopped.' : null)
  )
}
