import { ApiError, isUnclear, type RequestTrace } from '../api/errors.ts'
import { request, type Answer } from '../api/http.ts'
import { redacted } from '../api/redact.ts'
import { anything } from '../api/schema.ts'
import { isNotFound } from '../api/query-client.ts'
import { singleVirtualMachineSchema } from '../api/virtual-machine.ts'
import { readMachine } from '../api/virtual-machines.ts'
import { formatClock } from '../lib/times.ts'
import { noteFailure } from './failures.ts'
import type { Outcome, PlannedRequest, Step } from './operation.ts'
import { overdueAfter } from './overdue.ts'
import type { Plan } from './plan.ts'
import { refreshGroup, shareReading, shareRow } from './readings.ts'
import { notOurs, resumeAfterSignIn } from './resume.ts'
import { inWords } from './state.ts'
import { endOperation, findOperation, updateOperation } from './store.ts'
import { lookNow, see } from './watch.ts'
import { answerSays } from './answer-says.ts'
import { autorebootChange } from './requests.ts'
import { whatStays } from './wording.ts'

const GONE = 'Read again, BigV no longer shows it: it is gone, or not yours to see.'

/**
 * Sends an operation's requests, in order and each at most once, and hands the operation to the watch. Ends it where BigV
 * refuses, or where no answer tells whether it did what was asked. Sends nothing more once the operation has ended
 * otherwise, or when somebody else than the one who asked for it is signed in.
 */
export async function sendAndWatch(key: string, asked: Plan): Promise<void> {
  const plan = { ...asked }
  let left = plan.requestsFor(plan.before)
  let sent: { request: PlannedRequest; answer: Answer<unknown> } | null = null
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const barred = notOurs(key)
    if (barred !== null) return endRefused(key, plan, barred)
    const answer = await sendOne(key, next)
    if (answer instanceof ApiError) {
      const resumed = answer.status === 401 ? await resumeAfterSignIn(key, plan) : null
      if (resumed?.is !== 'resumed') return await endOnFailure(key, plan, answer, resumed?.why)
      // From the new reading, because a request that could be left out before may be needed now.
      plan.before = resumed.before
      left = plan.requestsFor(plan.before)
      continue
    }
    sent = { request: next, answer }
    left = left.slice(1)
    noteAutoreboot(key, plan, next)
  }
  watchFrom(key, plan, sent)
}

/** Sends one request and returns its answer, or the error that came instead. */
async function sendOne(key: string, planned: PlannedRequest): Promise<Answer<unknown> | ApiError> {
  const index = addStep(key, planned)
  try {
    return await request(planned.method, planned.path, {
      body: planned.body,
      schema: anything,
      onTrace: (trace) => setTrace(key, index, trace),
    })
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

/** Hands an operation to the watch, with the answer to its last request, which may settle it already. */
function watchFrom(
  key: string,
  plan: Plan,
  sent: { request: PlannedRequest; answer: Answer<unknown> } | null,
): void {
  if (!isInFlight(key)) return
  const answeredAt = Date.now()
  updateOperation(key, {
    phase: 'waiting',
    patienceFrom: answeredAt,
    evidence: { answeredAt, headBefore: plan.before.vm.head ?? null, offSeen: false, onReadings: 0 },
  })
  const vm = sent?.request.method === 'PUT' ? singleVirtualMachineSchema.safeParse(sent.answer.data) : null
  // The answer to a PUT is a reading too; a signal's says nothing of the machine, so what it settles is its coming.
  if (vm?.success) {
    shareRow(plan.ref, vm.data)
    see(key, { at: answeredAt, vm: vm.data, creating: false })
  } else if (isSettledByAnswer(key)) {
    const { outcome, note } = answerSays(findOperation(key)?.action, sent)
    endOperation(key, outcome, note)
  } else lookNow(key)
  refreshGroup(plan.ref)
}

async function endOnFailure(key: string, plan: Plan, error: ApiError, dropped?: string): Promise<void> {
  noteFailure(key, error)
  if (!isUnclear(error)) {
    const unsent =
      error.sent === 'no' && !error.message.includes('Nothing was sent') ? 'Nothing was sent.' : ''
    endRefused(key, plan, [error.message, unsent, dropped ?? ''].filter(Boolean).join(' '))
    return
  }
  const known = await whatIsKnown(plan)
  if (known === null && findOperation(key)?.action === 'purge') {
    endOperation(key, 'done', `${error.message} But read again, it is gone.`)
    refreshGroup(plan.ref)
    return
  }
  end(key, 'unclear', `${error.message} Whether BigV did it is not known. ${known ?? GONE}`)
  refreshGroup(plan.ref)
}

function endRefused(key: string, plan: Plan, note: string): void {
  end(key, 'refused', note)
  refreshGroup(plan.ref)
}

/** Ends an operation that did not get through, and says what it has changed all the same. */
function end(key: string, outcome: Outcome, note: string): void {
  const operation = findOperation(key)
  if (operation !== undefined) endOperation(key, outcome, note + whatStays(operation))
}

/** Reads the machine after an unclear failure and says what it shows; null when BigV has it no more. */
async function whatIsKnown({ ref, before }: Plan): Promise<string | null> {
  try {
    const reading = await readMachine(ref, before.vm.id)
    shareReading(ref, reading)
    return `Read again at ${formatClock(Date.now())}, it shows: ${inWords(reading)}.`
  } catch (error) {
    if (isNotFound(error)) return null
    return error instanceof ApiError ? `Reading it again failed too: ${error.message}` : ''
  }
}

function noteAutoreboot(key: string, plan: Plan, planned: PlannedRequest): void {
  const change = autorebootChange([planned], plan.before.vm.autoreboot_on)
  if (change !== null) updateOperation(key, { autoreboot: change })
}

function isInFlight(key: string): boolean {
  const phase = findOperation(key)?.phase
  return phase !== undefined && phase !== 'ended'
}

function isSettledByAnswer(key: string): boolean {
  const action = findOperation(key)?.action
  return action !== undefined && overdueAfter[action] === null
}

function addStep(key: string, planned: PlannedRequest): number {
  const steps = findOperation(key)?.steps ?? []
  const step: Step = { method: planned.method, path: planned.path, body: shown(planned.body), trace: null }
  updateOperation(key, { phase: 'sending', note: '', steps: [...steps, step] })
  return steps.length
}

function setTrace(key: string, index: number, trace: RequestTrace): void {
  const steps = findOperation(key)?.steps
  const step = steps?.[index]
  if (steps && step) updateOperation(key, { steps: steps.with(index, { ...step, trace }) })
}

// Keys may spell a password, so their record is a count (design: secrets).
function shown(body: unknown): unknown {
  const copy = redacted(body)
  if (typeof copy !== 'object' || copy === null || !('data' in copy) || typeof copy.data !== 'string')
    return copy
  const count = copy.data.split('-').length
  return { ...copy, data: count === 1 ? '1 key' : `${count} keys` }
}
