import { bind } from '../../actions/action.ts'
import { actions } from '../../actions/index.ts'
import { sendKeys } from '../../actions/power.ts'
import { ApiError, isUnclear } from '../../api/errors.ts'
import { queryClient } from '../../api/query-client.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { forbiddenReason } from '../forbidden.ts'
import { fetchAndShow } from '../machine-cache.ts'
import { pressesSentence, type Outcome } from '../operation.ts'
import { endOperation, findOperation, noteFailure, operations, updateOperation } from '../store.ts'
import { isReadOnly, readOnlyReason } from '../read-only.ts'
import { begin, type Begun } from '../run.ts'
import { sendRecorded } from '../send.ts'
import { notOurs } from '../sign-in-again.ts'
import { isStopping, pauseUntil, whileSending } from './press-pace.ts'

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
  const begun = await begin({
    action: sendKeys,
    target,
    record: { progress: { sent: 0, of: presses.length } },
    blocked: () => forbiddenReason(sendKeys, target) ?? typingReason(id),
    fetch: () => fetchAndShow(ref, id),
    disabledReason: sendKeys.disabledReason,
  })
  if (begun.is === 'refused') return { is: 'refused', reason: begun.reason }
  if (begun.is === 'unread') return begun
  const { key } = begun
  void whileSending(key, () => send(key, asked))
  return { is: 'begun', key }
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
  const answer = await sendRecorded(key, planned)
  if (answer instanceof ApiError) return answer
  updateOperation(key, { progress: { sent: sent + 1, of: asked.presses.length } })
  return null
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
  const unclear = isUnclear(error)
  end(key, unclear ? 'unclear' : 'refused', error.message)
}

/** Ends it before all presses were sent, and says how many were. */
function end(key: string, outcome: Outcome, why: string): void {
  const progress = findOperation(key)?.progress ?? { sent: 0, of: 0 }
  endOperation(key, outcome, `${why} ${pressesSentence(progress, outcome === 'unclear')}`)
}
