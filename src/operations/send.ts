import { ApiError, isUnclear, type RequestTrace } from '../api/errors.ts'
import { request, type Answer } from '../api/http.ts'
import { redacted } from '../api/redact.ts'
import { anything } from '../api/schema.ts'
import { singleVirtualMachineSchema } from '../api/virtual-machine.ts'
import { readMachine } from '../api/virtual-machines.ts'
import { formatClock } from '../lib/times.ts'
import type { PlannedRequest, Step } from './operation.ts'
import type { Plan } from './plan.ts'
import { refreshGroup, shareReading, shareRow } from './readings.ts'
import { resumeAfterSignIn } from './resume.ts'
import { stateOf } from './state.ts'
import { endOperation, findOperation, updateOperation } from './store.ts'
import { see } from './watch.ts'
import { autorebootChange } from './requests.ts'
import { yesNo } from './wording.ts'

/**
 * Sends an operation's requests, in order and each at most once, and hands the operation to the watch. Ends it where BigV
 * refuses, or where no answer tells whether it did what was asked.
 */
export async function sendAndWatch(key: string, plan: Plan): Promise<void> {
  updateOperation(key, { phase: 'sending' })
  let answered: Answer<unknown> | null = null
  for (const planned of plan.requests) {
    const answer = await sendOne(key, plan, planned)
    if (answer === null) return
    answered = answer
    noteAutoreboot(key, plan, planned)
  }
  const answeredAt = Date.now()
  updateOperation(key, {
    phase: 'waiting',
    patienceFrom: answeredAt,
    evidence: { answeredAt, headBefore: plan.before.vm.head ?? null, offSeen: false, onReadings: 0 },
  })
  const last = plan.requests.at(-1)
  const vm = last?.method === 'PUT' ? singleVirtualMachineSchema.safeParse(answered?.data) : null
  // The answer to a PUT is a reading too; a signal's says nothing of the machine, so what it settles is its coming.
  if (vm?.success) {
    shareRow(plan.ref, vm.data)
    see(key, { at: answeredAt, vm: vm.data, creating: false })
  } else if (isSettledByAnswer(key)) endOperation(key, 'done', '')
  refreshGroup(plan.ref)
}

/** Sends one request and returns its answer, or null when the operation has ended on it. */
async function sendOne(key: string, plan: Plan, planned: PlannedRequest): Promise<Answer<unknown> | null> {
  for (;;) {
    const index = addStep(key, planned)
    try {
      return await request(planned.method, planned.path, {
        body: planned.body,
        schema: anything,
        onTrace: (trace) => setTrace(key, index, trace),
      })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 401 && (await resumeAfterSignIn(key, plan))) continue
      await endOnFailure(key, plan, error)
      return null
    }
  }
}

async function endOnFailure(key: string, plan: Plan, error: ApiError): Promise<void> {
  const stays = whatStays(key)
  if (!isUnclear(error)) {
    const unsent = error.sent === 'no' ? ' Nothing was sent.' : ''
    endOperation(
      key,
      'refused',
      `${error.message}${error.message.includes('Nothing was sent') ? '' : unsent}${stays}`,
    )
    refreshGroup(plan.ref)
    return
  }
  const known = await whatIsKnown(plan)
  endOperation(key, 'unclear', `${error.message} Whether BigV did it is not known. ${known}${stays}`)
  refreshGroup(plan.ref)
}

/** Reads the machine after an unclear failure and says what it shows. */
async function whatIsKnown({ ref, before }: Plan): Promise<string> {
  try {
    const reading = await readMachine(ref, before.vm.id)
    shareReading(ref, reading)
    const { word } = stateOf(reading.vm, reading.creating, undefined)
    return `Read again at ${formatClock(Date.now())}, it shows: ${word}, autoreboot_on ${yesNo(reading.vm.autoreboot_on)}.`
  } catch (error) {
    return error instanceof ApiError ? `Reading it again failed too: ${error.message}` : ''
  }
}

function whatStays(key: string): string {
  const change = findOperation(key)?.autoreboot
  return change
    ? ` autoreboot_on was changed before that, ${yesNo(change.before)} → ${yesNo(change.after)}, and stays so.`
    : ''
}

function noteAutoreboot(key: string, plan: Plan, planned: PlannedRequest): void {
  const change = autorebootChange([planned], plan.before.vm.autoreboot_on)
  if (change !== null) updateOperation(key, { autoreboot: change })
}

function isSettledByAnswer(key: string): boolean {
  const action = findOperation(key)?.action
  return action === 'reset' || action === 'send_keys'
}

function addStep(key: string, planned: PlannedRequest): number {
  const steps = findOperation(key)?.steps ?? []
  const step: Step = { method: planned.method, path: planned.path, body: shown(planned.body), trace: null }
  updateOperation(key, { phase: 'sending', steps: [...steps, step] })
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
