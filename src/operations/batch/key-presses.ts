import { bind } from '../../actions/action.ts'
import { actions } from '../../actions/index.ts'
import { sendKeys } from '../../actions/rescue.ts'
import { ApiError, isUnclear } from '../../api/errors.ts'
import { queryClient } from '../../api/query-client.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { forbiddenReason } from '../disabled-reason.ts'
import { fetchAndShow } from '../machine-cache.ts'
import { pressesSentence, type Outcome } from '../operation.ts'
import { isReadOnly, readOnlyReason } from '../read-only.ts'
import { sendRecorded } from '../recording.ts'
import type { Begun } from '../run.ts'
import { begin } from '../send.ts'
import { notOurs } from '../sign-in-again.ts'
import { endOperation, findOperation, noteFailure, operations, updateOperation } from '../store.ts'
import { advance, wake, type Work } from './runner.ts'

/** Presses for one machine. Each is the `data` of one request: the definitions' key names, joined by dashes. */
interface Presses {
  ref: GroupRef
  id: number
  name: string
  presses: readonly string[]
  /** The least time from one press to the next, in ms. */
  everyMs: number
}

/** Those that this tab is sending, by their operation's key. */
const sending = new Map<string, { stopping: boolean }>()

/**
 * Fetches the machine, then sends one request for each press, in order, each after the answer to the one before. Stops at the first
 * failure, at `stopPresses`, and when the machine is found off or another action begins on it. Resolves once the first can be sent,
 * or not. The record has the number of presses only, as they may be a password.
 */
export async function beginPresses(job: Presses): Promise<Begun> {
  const { ref, id, name, presses } = job
  const target = { ...ref, id, name }
  const begun = await begin({
    action: sendKeys,
    target,
    record: { progress: { sent: 0, of: presses.length } },
    blocked: () => forbiddenReason(sendKeys, target) ?? typingReason(id),
    fetch: () => fetchAndShow(ref, id),
    disabledReason: sendKeys.disabledReason,
  })
  if (begun.is === 'refused') return { is: 'refused', reason: begun.reason }
  if (begun.is === 'fetch failed') return begun
  const { key } = begun
  void sendAll(key, job)
  return { is: 'begun', key }
}

/** Stops after the press that is being sent. Presses of another tab can only be stopped there. */
export function stopPresses(key: string): void {
  const presses = sending.get(key)
  if (presses === undefined) return
  presses.stopping = true
  updateOperation(key, { note: 'Stops after the press that is being sent.' })
  wake(key)
}

export function canStopPresses(key: string): boolean {
  return sending.get(key)?.stopping === false
}

/** Presses of two texts would mix. */
function typingReason(id: number): string | null {
  const busy = operations().some(
    ({ action, phase, target }) => action === sendKeys.name && phase !== 'ended' && target.id === id,
  )
  return busy ? 'Keys are on their way to it already.' : null
}

/** Until all are sent, the browser asks before the tab is closed. */
async function sendAll(key: string, job: Presses): Promise<void> {
  sending.set(key, { stopping: false })
  globalThis.addEventListener?.('beforeunload', askFirst)
  try {
    await advance(key, workOf(key, job))
  } finally {
    sending.delete(key)
    if (sending.size === 0) globalThis.removeEventListener?.('beforeunload', askFirst)
  }
}

function workOf(key: string, job: Presses): Work<string> {
  const { presses, everyMs } = job
  const left = () => presses.slice(findOperation(key)?.progress?.sent ?? presses.length)
  const mayGoOn = () => findOperation(key)?.phase !== 'ended' && stopReason(key, job) === null
  return {
    queued: () => (mayGoOn() ? left() : []),
    free: () => 1,
    everyMs,
    begin: async ([press]) => {
      if (press !== undefined) await sendOne(key, job.ref, job.id, press)
    },
    onIdle: () => {
      const count = left().length
      if (count === 0) endOperation(key, 'done', presses.length === 1 ? '' : `${presses.length} presses.`)
      else end(key, count === presses.length ? 'refused' : 'no longer watching', stopReason(key, job) ?? '')
    },
  }
}

/** Sends one press and counts it; a failure ends the operation. */
async function sendOne(key: string, ref: GroupRef, id: number, press: string): Promise<void> {
  const [planned] = bind(sendKeys, press).requests(ref, { id, autoreboot_on: false })
  if (planned === undefined) throw new Error('Keys are one request.')
  const answer = await sendRecorded(key, planned)
  if (answer instanceof ApiError) return endOnFailure(key, answer)
  const { sent, of } = findOperation(key)?.progress ?? { sent: 0, of: 1 }
  updateOperation(key, { progress: { sent: sent + 1, of } })
}

/** Why the next press isn't sent: another operation, the state of the machine, or the user; or null. */
function stopReason(key: string, { ref, id }: Presses): string | null {
  const begunAt = findOperation(key)?.begunAt ?? 0
  const since = operations().find(
    ({ action, phase, target, begunAt: at }) =>
      target.id === id && actions[action].inProgress !== null && phase !== 'checking' && at > begunAt,
  )
  if (since !== undefined) return `“${actions[since.action].label}” was begun meanwhile.`
  const machine = queryClient.getQueryData(machineQueries.detail(ref, id).queryKey)
  return (
    notOurs(key) ??
    readOnlyReason(isReadOnly()) ??
    (machine === undefined ? null : sendKeys.disabledReason(machine)) ??
    (sending.get(key)?.stopping ? 'Stopped.' : null)
  )
}

function endOnFailure(key: string, error: ApiError): void {
  noteFailure(key, error)
  end(key, isUnclear(error) ? 'unclear' : 'refused', error.message)
}

/** Ends it early, and notes how many were sent. */
function end(key: string, outcome: Outcome, why: string): void {
  const progress = findOperation(key)?.progress ?? { sent: 0, of: 0 }
  endOperation(key, outcome, `${why} ${pressesSentence(progress, outcome === 'unclear')}`)
}

function askFirst(event: Event): void {
  event.preventDefault()
}
