import { bind } from '../../actions/action.ts'
import { sendKeys } from '../../actions/power.ts'
import { ApiError, isUnclear, type RequestTrace } from '../../api/errors.ts'
import { request } from '../../api/http.ts'
import { queryClient } from '../../api/query-client.ts'
import { anything } from '../../api/schema.ts'
import { machineQueries, fetchMachine, type MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { newOperation, type Begun } from '../begin.ts'
import { noteFailure } from '../failures.ts'
import { forbiddenReason, noteForbidden } from '../forbidden.ts'
import { isReadOnly, readOnlyReason } from '../read-only.ts'
import type { Outcome } from '../operation.ts'
import { isStopping, pauseUntil, whileSending } from './press-pace.ts'
import { unansweredStep, sentStep } from './press-steps.ts'
import { showMachine } from '../machine-cache.ts'
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
import { actions } from '../../actions/index.ts'

/** Presses for one machine. Each is the `data` of one request: names of the definitions, joined by dashes. */
export interface Presses {
  ref: GroupRef
  id: number
  name: string
  presses: readonly string[]
  /** From one press to the next, in ms; longer where BigV takes longer to answer. */
  everyMs: number
}

/**
 * Asks for presses to be sent: reads the machine, then sends one request a press, in order, each once it is known that the one
 * before arrived. Stops at the first that fails, at `stopPresses`, and when the machine turns out to be off, or to be shut
 * down, reset or the like from here. Returns when it is known whether it begins. The presses are kept nowhere: the record
 * has their number.
 */
export async function beginPresses(asked: Presses): Promise<Begun> {
  const { ref, id, name, presses } = asked
  const target = { ...ref, id, name }
  const disabledReason = readOnlyReason(isReadOnly()) ?? forbiddenReason(sendKeys, target) ?? typingReason(id)
  if (disabledReason !== null) return { is: 'refused', reason: disabledReason }
  const operation = {
    ...newOperation(sendKeys, target),
    progress: { sent: 0, of: presses.length },
  }
  putOperation(operation)
  let machine: MachineData
  try {
    machine = await fetchMachine(ref, id)
  } catch (error) {
    removeOperation(operation.key)
    if (error instanceof ApiError) return { is: 'unread', error }
    throw error
  }
  showMachine(ref, machine)
  const refused = whyNotNow(operation.key, asked)
  if (refused !== null) {
    removeOperation(operation.key)
    return { is: 'refused', reason: refused }
  }
  void whileSending(operation.key, () => send(operation.key, asked))
  return { is: 'begun', key: operation.key }
}

/** Why no presses can be begun on this machine: those of two texts would mix. Null when none are on their way. */
function typingReason(id: number): string | null {
  const busy = operations().some(
    ({ action, phase, target }) => action === sendKeys.name && phase !== 'ended' && target.id === id,
  )
  return busy ? 'Keys are on their way to it already.' : null
}

async function send(key: string, asked: Presses): Promise<void> {
  const { presses, everyMs } = asked
  let nextAt = Date.now()
  for (const [sent, data] of presses.entries()) {
    await pauseUntil(key, nextAt)
    const disabledReason = whyNotNow(key, asked)
    if (isStopping(key) || disabledReason !== null) {
      return end(key, sent === 0 ? 'refused' : 'no longer watching', disabledReason ?? 'Stopped.')
    }
    nextAt = Math.max(nextAt + everyMs, Date.now())
    const error = await sendOne(key, asked, sent, data)
    if (error !== null) return endOnFailure(key, error)
  }
  endOperation(key, 'done', presses.length === 1 ? '' : `${presses.length} presses.`)
}

/** Sends one press and notes it; returns the error, if BigV did not take it, or may not have. */
async function sendOne(key: string, asked: Presses, sent: number, data: string): Promise<ApiError | null> {
  const [planned] = bind(sendKeys, data).requests(asked.ref, { id: asked.id, autoreboot_on: false })
  if (planned === undefined) throw new Error('Keys are one request.')
  const before = (findOperation(key)?.steps ?? []).slice(0, 1)
  updateOperation(key, { phase: 'sending', steps: [...before, unansweredStep(planned)] })
  let trace: RequestTrace | null = null
  const onTrace = (made: RequestTrace) => (trace = made)
  let failure: ApiError | null = null
  try {
    await request(planned.method, planned.path, { body: planned.body, schema: anything, onTrace })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    failure = error
  }
  if (failure === null) {
    const progress = { sent: sent + 1, of: asked.presses.length }
    updateOperation(key, { steps: [sentStep(planned, before[0], trace)], progress })
  } else updateOperation(key, { steps: [...before, { ...unansweredStep(planned), trace }] })
  return failure
}

/** What a reading of the page, or another operation of this user, says against the next press; null for nothing. */
function whyNotNow(key: string, { ref, id }: Presses): string | null {
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
    (machine === undefined ? null : sendKeys.disabledReason(machine))
  )
}

function endOnFailure(key: string, error: ApiError): void {
  noteFailure(key, error)
  const operation = findOperation(key)
  if (error.status === 403 && operation) noteForbidden(actions[operation.action], operation.target, error)
  const unclear = isUnclear(error)
  end(key, unclear ? 'unclear' : 'refused', error.message)
}

/** Ends it before all presses were sent, and says how many were. */
function end(key: string, outcome: Outcome, why: string): void {
  const progress = findOperation(key)?.progress ?? { sent: 0, of: 0 }
  endOperation(key, outcome, `${why} ${pressesSentence(progress, outcome === 'unclear')}`)
}
