import { currentSession } from '../../session/session.ts'
import { formatClock } from '../../lib/times.ts'
import type { DecidedOn } from '../run.ts'
import { stopWatching } from '../watch.ts'
import { answerQuestion } from '../sign-in-again.ts'
import { inWords } from '../state.ts'
import { findOperation } from '../store.ts'
import { forgetFailures } from './failing-alike.ts'
import type { Candidate, Chosen, Forecast } from './forecast.ts'
import { advance } from './queue.ts'
import { hasFailed, MOST_AT_ONCE, newItem, type Item, type Run } from './run.ts'
import { addRun, findItem, findRun, updateItem, updateRun } from './runs.ts'
import { actionOf, type Task } from './task.ts'

/** How a run goes about it. */
export interface Pace {
  rolling: boolean
  atOnce: number
}

/** Takes what was confirmed and begins the run. Returns its key. */
export function beginRun(task: Task, { act, left }: Forecast, pace: Pace): string {
  const now = Date.now()
  const run: Run = {
    key: `${now.toString(36)}-${Math.random().toString(36).slice(2, 10)}`,
    username: currentSession().credentials?.username ?? '',
    task,
    ...pace,
    items: [
      ...act.map(({ ref, id, vm }) => newItem(ref, id, vm.name, decidedOnFrom(vm))),
      ...left.flatMap(({ one, machines }) => machines.map((each) => leftAlone(each, one, now))),
    ],
    state: 'running',
    why: '',
    begunAt: now,
    endedAt: null,
  }
  addRun(run)
  advance(run.key)
  return run.key
}

/** Begins nothing more of the run until it is told to go on; what is running is watched to its end. */
export function pauseRun(key: string): void {
  if (findRun(key)?.state === 'running') updateRun(key, { state: 'paused', why: '' })
}

/** Ends the run: what has not begun does not, unless the user changes his mind; what is running is watched to its end. */
export function stopRun(key: string): void {
  const state = findRun(key)?.state
  if (state !== 'running' && state !== 'paused') return
  updateRun(key, { state: 'stopped', why: '' })
  advance(key)
}

/** Goes on with a run that was paused or has stopped, as each machine reads then. */
export function goOn(key: string): void {
  const state = findRun(key)?.state
  if (state !== 'paused' && state !== 'stopped') return
  forgetFailures(key)
  updateRun(key, { state: 'running', why: '', endedAt: null })
  advance(key)
}

/** Changes how many may be running at once: 1 to 50. */
export function setAtOnce(key: string, atOnce: number): void {
  updateRun(key, { atOnce: Math.min(Math.max(Math.trunc(atOnce), 1), MOST_AT_ONCE) })
  advance(key)
}

/**
 * Takes the forecast for those of a run that failed, as they were read for it, and has the run try them again. What was left
 * unclear and reads as it was wanted is done: it is not sent again.
 */
export function retryFailed(key: string, { act, left }: Forecast, pace: Pace): void {
  const run = findRun(key)
  if (run === undefined) return
  for (const { machines, one } of left) for (const each of machines) notRetried(run, each, one)
  for (const { id, vm } of act) {
    const item = findItem(key, id)
    if (item === undefined || !hasFailed(item)) continue
    updateItem(key, id, {
      name: vm.name,
      decidedOn: decidedOnFrom(vm),
      phase: 'queued',
      result: null,
      note: '',
    })
  }
  updateRun(key, { ...pace, state: 'running', why: '', endedAt: null })
  advance(key)
}

/** Stops watching what is overdue in a run; it counts as no longer watching then. */
export function giveUpOverdue(key: string): void {
  for (const { overdue, operation } of findRun(key)?.items ?? []) {
    if (overdue && operation !== null) stopWatching(operation)
  }
}

/** Takes a run and returns the questions that its operations ask before they send again, each with its number. */
export function questionsOf({ items }: Run): { note: string; keys: string[] }[] {
  const questions = new Map<string, string[]>()
  for (const { phase, operation } of items) {
    if (phase !== 'begun' || operation === null) continue
    const found = findOperation(operation)
    if (found?.phase === 'asking')
      questions.set(found.note, [...(questions.get(found.note) ?? []), operation])
  }
  return [...questions].map(([note, keys]) => ({ note, keys }))
}

/** Answers a question for all operations that ask it. */
export function answerAll(keys: readonly string[], yes: boolean): void {
  for (const key of keys) answerQuestion(key, yes)
}

function notRetried({ key, task }: Run, { id, vm }: Candidate, words: string): void {
  const item = findItem(key, id)
  if (item === undefined || !hasFailed(item)) return
  const shows = vm === null ? 'it is gone' : `it shows: ${inWords({ vm, creating: false })}`
  const again = `Read again at ${formatClock(Date.now())}, ${shows}.`
  if (item.result === 'unclear' && actionOf(task).isAchieved?.(vm)) {
    const note = `It was sent, and no answer came. ${again}`
    updateItem(key, id, { result: 'done', note, autoreboot: item.autoreboot ?? changeSeen(item, vm) })
  } else updateItem(key, id, { note: `${item.note} ${again} It ${words}, so it was not sent again.`.trim() })
}

/** What an attempt without an answer has changed, as what was confirmed and what reads now tell. */
function changeSeen({ decidedOn }: Item, vm: Candidate['vm']): Item['autoreboot'] {
  if (decidedOn === null || vm === null || decidedOn.autoreboot_on === vm.autoreboot_on) return null
  return { before: decidedOn.autoreboot_on, after: vm.autoreboot_on }
}

function leftAlone({ ref, id, name }: Candidate, words: string, now: number): Item {
  const item = newItem(ref, id, name, { name, power_on: false, autoreboot_on: false })
  return {
    ...item,
    decidedOn: null,
    phase: 'ended',
    result: 'left alone',
    note: `It ${words}.`,
    endedAt: now,
  }
}

function decidedOnFrom({ name, power_on, autoreboot_on }: Chosen['vm']): DecidedOn {
  return { name, power_on, autoreboot_on }
}
