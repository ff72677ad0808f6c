import { bind } from '../../actions/action.ts'
import { actions } from '../../actions/index.ts'
import { sendKeys } from '../../actions/power.ts'
import { ApiError, isUnclear, type RequestTrace } from '../../api/errors.ts'
import { request } from '../../api/http.ts'
import { queryClient } from '../../api/query-client.ts'
import { anything } from '../../api/schema.ts'
import { fetchMachine, machineQueries, type MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { newOperation, type Begun } from '../begin.ts'
import { noteFailure } from '../failures.ts'
import { forbiddenReason, noteForbidden } from '../forbidden.ts'
import { showMachine } from '../machine-cache.ts'
import type { Outcome, PlannedRequest, Step } from '../operation.ts'
import { isReadOnly, readOnlyReason } from '../read-only.ts'
import { notOurs } from '../resume.ts'
import {
  endOperation,
  findOperation,
  operations,
  putOperation,
  removeOperation,
  updateOperation,
} from '../store.ts'
import { pressesSentence } from '../what-stays.ts'
import { advance, wake, type Work } from './runner.ts'

/** Presses for one machine. Each is the `data` of one request: key names of the definitions, joined by dashes. */
interface Presses {
  ref: GroupRef
  id: number
  name: string
  presses: readonly string[]
  /** From one press to the next, in ms; longer where BigV takes longer to answer. */
  everyMs: number
}

/** Those of this tab that are being sent, by their operation's key, and whether they are to stop. */
const sending = new Map<string, { stopping: boolean }>()

/**
 * Begins to send presses: fetches the machine, then sends one request a press, in order, each once it is known that the one before
 * arrived. Stops at the first that fails, at `stopPresses`, and when the machine turns out to be off, or is shut down, reset or the
 * like from here. Returns when it is known whether it begins. No record has the presses, only their number.
 */
export async function beginPresses(asked: Presses): Promise<Begun> {
  const { ref, id, name, presses } = asked
  const target = { ...ref, id, name }
  const disabledReason = readOnlyReason(isReadOnly()) ?? forbiddenReason(sendKeys, target) ?? typingReason(id)
  if (disabledReason !== null) return { is: 'refused', reason: disabledReason }
  const operation = { ...newOperation(sendKeys, target), progress: { sent: 0, of: presses.length } }
  const { key } = operation
  putOperation(operation)
  let machine: MachineData
  try {
    machine = await fetchMachine(ref, id)
  } catch (error) {
    removeOperation(key)
    if (error instanceof ApiError) return { is: 'unread', error }
    throw error
  }
  showMachine(ref, machine)
  const refused = stopReason(key, asked)
  if (refused !== null) {
    removeOperation(key)
    return { is: 'refused', reason: refused }
  }
  void sendAll(key, asked)
  return { is: 'begun', key }
}

/** Stops presses of this tab after the one that is being sent, if one is. Those of other tabs are for them to stop. */
export function stopPresses(key: string): void {
  const presses = sending.get(key)
  if (presses === undefined) return
  presses.stopping = true
  updateOperation(key, { note: 'Stops after the press that is being sent.' })
  wake(key)
}

/** Whether these presses can be stopped here. */
export function canStopPresses(key: string): boolean {
  return sending.get(key)?.stopping === false
}

/** Why no presses can be begun on this machine: those of two texts would mix. Null when none are being sent. */
function typingReason(id: number): string | null {
  const busy = operations().some(
    ({ action, phase, target }) => action === sendKeys.name && phase !== 'ended' && target.id === id,
  )
  return busy ? 'Keys are on their way to it already.' : null
}

/** Until it is over, the browser asks before the tab is closed: a text would end in its middle. */
async function sendAll(key: string, asked: Presses): Promise<void> {
  sending.set(key, { stopping: false })
  globalThis.addEventListener?.('beforeunload', askFirst)
  try {
    await advance(key, workOf(key, asked))
  } finally {
    sending.delete(key)
    if (sending.size === 0) globalThis.removeEventListener?.('beforeunload', askFirst)
  }
}

function workOf(key: string, asked: Presses): Work<string> {
  const { presses, everyMs } = asked
  const left = () => presses.slice(findOperation(key)?.progress?.sent ?? presses.length)
  const mayGoOn = () => findOperation(key)?.phase !== 'ended' && stopReason(key, asked) === null
  return {
    queued: () => (mayGoOn() ? left() : []),
    free: () => 1,
    everyMs,
    begin: async ([press]) => {
      if (press !== undefined) await sendOne(key, asked.ref, asked.id, press)
    },
    onIdle: () => {
      const count = left().length
      if (count === 0) endOperation(key, 'done', presses.length === 1 ? '' : `${presses.length} presses.`)
      else end(key, count === presses.length ? 'refused' : 'no longer watching', stopReason(key, asked) ?? '')
    },
  }
}

/** Sends one press and records it. Where BigV did not take it, or may not have, that ends the operation. */
async function sendOne(key: string, ref: GroupRef, id: number, press: string): Promise<void> {
  const [planned] = bind(sendKeys, press).requests(ref, { id, autoreboot_on: false })
  if (planned === undefined) throw new Error('Keys are one request.')
  const { steps = [], progress = { sent: 0, of: 1 } } = findOperation(key) ?? {}
  const before = steps.slice(0, 1)
  updateOperation(key, { phase: 'sending', steps: [...before, unansweredStep(planned)] })
  let trace: RequestTrace | null = null
  const onTrace = (made: RequestTrace) => (trace = made)
  try {
    await request(planned.method, planned.path, { body: planned.body, schema: anything, onTrace })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    updateOperation(key, { steps: [...before, { ...unansweredStep(planned), trace }] })
    endOnFailure(key, error)
    return
  }
  updateOperation(key, {
    steps: [sentStep(planned, before[0], trace)],
    progress: { ...progress, sent: progress.sent + 1 },
  })
}

/** Why the next press is not sent: the user, what the page knows of the machine by now, or another operation; null for no reason. */
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
  const operation = findOperation(key)
  if (error.status === 403 && operation) noteForbidden(actions[operation.action], operation.target, error)
  end(key, isUnclear(error) ? 'unclear' : 'refused', error.message)
}

/** Ends it before all presses were sent, and says how many were. */
function end(key: string, outcome: Outcome, why: string): void {
  const progress = findOperation(key)?.progress ?? { sent: 0, of: 0 }
  endOperation(key, outcome, `${why} ${pressesSentence(progress, outcome === 'unclear')}`)
}

/** The record of a press while there is no answer: without what is pressed. */
function unansweredStep({ method, path }: PlannedRequest): Step {
  return { method, path, body: { signal: 'sendkey', data: '1 press' }, trace: null }
}

/** The record of a press that arrived and of all before it in one: a text of a thousand characters is one thing that was done. */
function sentStep(planned: PlannedRequest, before: Step | undefined, trace: RequestTrace | null): Step {
  const times = (before?.times ?? 0) + 1
  const duration = (before?.trace?.duration ?? 0) + (trace?.duration ?? 0)
  const startedAt = before?.trace?.startedAt ?? trace?.startedAt ?? 0
  return {
    ...unansweredStep(planned),
    body: { signal: 'sendkey', data: times === 1 ? '1 press' : `${times} presses` },
    trace: trace && { ...trace, startedAt, duration },
    times,
  }
}

function askFirst(event: Event): void {
  event.preventDefault()
}
