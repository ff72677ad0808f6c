import type { SimpleAction } from '../../actions/action.ts'
import { simpleActions, simpleNameOf } from '../../actions/index.ts'
import { newRecordKey } from '../../lib/record-key.ts'
import { formatClock } from '../../lib/times.ts'
import { currentSession } from '../../session/session.ts'
import { answerQuestion } from '../sign-in-again.ts'
import { inWords, type DecidedOn } from '../state.ts'
import { findOperation, updateOperation } from '../store.ts'
import { RESTARTED, stopWatching } from '../watch.ts'
import {
  addBatch,
  findBatch,
  findItem,
  canRetry,
  MOST_AT_ONCE,
  newItem,
  updateBatch,
  updateItem,
  type Batch,
  type BatchItem,
} from './batch.ts'
import { advanceBatch, correctItem, haltBatch } from './bulk.ts'
import type { Candidate, Forecast, FoundCandidate } from './forecast.ts'
import { forgetFailures } from './pauses.ts'

export type Pace = Pick<Batch, 'rolling' | 'atOnce'>

/** Begins a confirmed batch; returns its key. */
export function beginBatch(action: SimpleAction, { act, skipped }: Forecast, pace: Pace): string {
  const now = Date.now()
  const batch: Batch = {
    key: newRecordKey(),
    username: currentSession().credentials?.username ?? '',
    action: simpleNameOf(action),
    ...pace,
    items: [
      ...act.map(({ ref, id, vm }) => newItem(ref, id, vm.name, decidedOnFrom(vm))),
      ...skipped.flatMap(({ words, machines }) => machines.map((each) => skippedItem(each, words, now))),
    ],
    state: 'running',
    why: '',
    begunAt: now,
    endedAt: null,
  }
  addBatch(batch)
  advanceBatch(batch.key)
  return batch.key
}

/** Pauses a batch: it begins no more machines until the user resumes it. Running operations are still watched. */
export function pauseBatch(key: string): void {
  if (findBatch(key)?.state === 'running') haltBatch(key, 'paused', '')
}

/** Ends the batch unless the user resumes it; running operations are still watched. */
export function stopBatch(key: string): void {
  const state = findBatch(key)?.state
  if (state !== 'running' && state !== 'paused') return
  haltBatch(key, 'stopped', '')
  advanceBatch(key)
}

/** Resumes a paused or stopped batch. Each machine is fetched again at its turn. */
export function resumeBatch(key: string): void {
  const state = findBatch(key)?.state
  if (state !== 'paused' && state !== 'stopped') return
  forgetFailures(key)
  updateBatch(key, { state: 'running', why: '', endedAt: null })
  advanceBatch(key)
}

/** Changes how many machines may run in parallel (1 to 50). */
export function setAtOnce(key: string, atOnce: number): void {
  updateBatch(key, { atOnce: Math.min(Math.max(Math.trunc(atOnce), 1), MOST_AT_ONCE) })
  advanceBatch(key)
}

/** Retries the machines that aren't done, after a new forecast. If an unclear machine turns out to be done, nothing is sent to it again. */
export function retryFailed(key: string, { act, skipped }: Forecast, pace: Pace): void {
  const batch = findBatch(key)
  if (batch === undefined) return
  for (const { machines, words } of skipped) for (const each of machines) notRetried(batch, each, words)
  for (const { id, vm } of act) {
    const item = findItem(key, id)
    if (item === undefined || !canRetry(item)) continue
    updateItem(key, id, {
      name: vm.name,
      decidedOn: decidedOnFrom(vm),
      phase: 'queued',
      result: null,
      note: '',
    })
  }
  updateBatch(key, { ...pace, state: 'running', why: '', endedAt: null })
  advanceBatch(key)
}

/** Stops watching overdue operations. Their machines then count as no longer watched. */
export function stopWatchingOverdue(key: string): void {
  for (const { overdue, operation } of findBatch(key)?.items ?? []) {
    if (overdue && operation !== null) stopWatching(operation)
  }
}

/** Marks an unclear machine as done because the user says that it restarted. */
export function confirmItemRestart(key: string, id: number): void {
  const operation = findItem(key, id)?.operation
  correctItem(key, id, { note: RESTARTED })
  if (operation) updateOperation(operation, { outcome: 'done', note: RESTARTED })
}

/** The questions of operations that ask before sending again. Each question appears once, with the keys of all operations that ask it. */
export function questionsOf({ items }: Batch): { note: string; keys: string[] }[] {
  const questions = new Map<string, string[]>()
  for (const { phase, operation } of items) {
    if (phase !== 'begun' || operation === null) continue
    const found = findOperation(operation)
    if (found?.phase === 'asking')
      questions.set(found.note, [...(questions.get(found.note) ?? []), operation])
  }
  return [...questions].map(([note, keys]) => ({ note, keys }))
}

export function answerAll(keys: readonly string[], yes: boolean): void {
  for (const key of keys) answerQuestion(key, yes)
}

function notRetried({ key, action }: Batch, { id, vm }: Candidate, words: string): void {
  const item = findItem(key, id)
  if (item === undefined || !canRetry(item)) return
  const shows = vm === null ? 'the machine was not found' : inWords({ vm, creating: false })
  const again = `Checked at ${formatClock(Date.now())}: ${shows}.`
  if (item.result === 'unclear' && simpleActions[action].isAchieved?.(vm)) {
    const note = `No answer from BigV. ${again}`
    updateItem(key, id, { result: 'done', note, autoreboot: item.autoreboot ?? changeSeen(item, vm) })
  } else updateItem(key, id, { note: `${item.note} ${again} Not sent again: ${words}.`.trim() })
}

/** The change of autoreboot_on by an attempt that got no answer. */
export function changeSeen({ decidedOn }: BatchItem, vm: Candidate['vm']): BatchItem['autoreboot'] {
  if (decidedOn === null || vm === null || decidedOn.autoreboot_on === vm.autoreboot_on) return null
  return { before: decidedOn.autoreboot_on, after: vm.autoreboot_on }
}

function skippedItem({ ref, id, name }: Candidate, words: string, now: number): BatchItem {
  const item = newItem(ref, id, name, null)
  return {
    ...item,
    phase: 'ended',
    result: 'skipped',
    note: `${words[0]?.toUpperCase()}${words.slice(1)}.`,
    endedAt: now,
  }
}

function decidedOnFrom({ name, power_on, autoreboot_on }: FoundCandidate['vm']): DecidedOn {
  return { name, power_on, autoreboot_on }
}
