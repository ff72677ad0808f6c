import { machineActionOf } from '../actions/index.ts'
import { ApiError, isUnclear } from '../api/errors.ts'
import type { Answer } from '../api/http.ts'
import { isNotFound } from '../api/query-client.ts'
import { fetchMachine, singleVirtualMachineSchema } from '../api/virtual-machines.ts'
import { formatClock } from '../lib/times.ts'
import { noteFailure } from './failures.ts'
import type { Operation, Outcome, PlannedRequest } from './operation.ts'
import type { Sending } from './sending.ts'
import { refreshGroup, showMachine, showRow } from './machine-cache.ts'
import { sendRecorded } from './recorder.ts'
import { pairSays, fetchOther } from './other-machine.ts'
import { notOurs, resumeAfterSignIn } from './resume.ts'
import { inWords } from './state.ts'
import { endOperation, findOperation, updateOperation } from './store.ts'
import { lookNow, see } from './watch.ts'
import { autorebootOtherwise } from './done.ts'
import { autorebootChange, writtenAutoreboot } from './requests.ts'
import { whatStays } from './what-stays.ts'

interface Sent {
  request: PlannedRequest
  answer: Answer<unknown>
}

const GONE = 'Read again, BigV no longer shows it: it is gone, or not yours to see.'

/**
 * Sends an operation's requests, in order and each at most once, and hands the operation to the watch. Ends it where BigV
 * refuses, or where no answer tells whether it did what was asked. Sends nothing more once the operation has ended
 * otherwise, or when somebody else than the one who asked for it is signed in.
 */
export async function sendAndWatch(key: string, asked: Sending): Promise<void> {
  const sending = { ...asked }
  let left = sending.requestsFor(sending.before)
  let sent: Sent | null = null
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const disabledReason = notOurs(key)
    if (disabledReason !== null) return endRefused(key, sending, disabledReason)
    const answer = await sendRecorded(key, next)
    if (answer instanceof ApiError) {
      const resumed = answer.status === 401 ? await resumeAfterSignIn(key, sending) : null
      if (resumed?.is !== 'resumed') return await endOnFailure(key, sending, answer, resumed?.why)
      // From the new reading, because a request that could be left out before may be needed now.
      sending.before = resumed.before
      left = sending.requestsFor(sending.before)
      continue
    }
    sent = { request: next, answer }
    left = left.slice(1)
    const otherwise = left.length > 0 ? notTaken(sent) : null
    if (otherwise !== null) return endSuperseded(key, sending, otherwise)
    noteAutoreboot(key, sending, next)
  }
  watchFrom(key, sending, sent)
}

/** The machine in the answer to a PUT. */
function machineIn(sent: Sent | null) {
  return sent?.request.method === 'PUT' ? singleVirtualMachineSchema.safeParse(sent.answer.data) : null
}

/** What the answer to a request shows that BigV has not taken of it, where more is to be sent that stands on it. */
function notTaken(sent: Sent): string | null {
  const vm = machineIn(sent)
  return vm?.success ? autorebootOtherwise(writtenAutoreboot(sent.request.body), vm.data) : null
}

/** Hands an operation to the watch, with the answer to its last request, which may settle it already. */
function watchFrom(key: string, sending: Sending, sent: Sent | null): void {
  const operation = findOperation(key)
  if (operation === undefined || operation.phase === 'ended') return
  const answeredAt = Date.now()
  const vm = machineIn(sent)
  const { readsAnswer } = machineActionOf(operation.action) ?? {}
  const said = sent && readsAnswer?.({ data: sent.answer.data, vm: vm?.data, request: sent.request })
  updateOperation(key, {
    phase: 'waiting',
    patienceFrom: answeredAt,
    evidence: {
      answeredAt,
      headBefore: sending.before.vm.head ?? null,
      offSeen: false,
      headMoved: false,
      onReadings: 0,
      ...(said && { said: said.note }),
    },
  })
  // The answer to a PUT is a reading too; a signal's says nothing of the machine, so what it settles is its coming.
  if (vm?.success) {
    showRow(sending.ref, vm.data)
    see(key, { at: answeredAt, vm: vm.data, creating: false })
  } else if (operation.overdueAfter === null) {
    endOperation(key, said?.is === 'superseded' ? 'superseded' : 'done', said?.note ?? '')
  } else lookNow(key)
  refreshGroup(sending.ref)
}

async function endOnFailure(key: string, sending: Sending, error: ApiError, dropped?: string): Promise<void> {
  noteFailure(key, error)
  if (!isUnclear(error)) {
    const unsent =
      error.sent === 'no' && !error.message.includes('Nothing was sent') ? 'Nothing was sent.' : ''
    endRefused(key, sending, [error.message, unsent, dropped ?? ''].filter(Boolean).join(' '))
    return
  }
  const known = await whatIsKnown(sending, findOperation(key))
  if (known === null && isDoneWhenGone(key)) {
    endOperation(key, 'done', `${error.message} But read again, it is gone.`)
    refreshGroup(sending.ref)
    return
  }
  end(key, 'unclear', `${error.message} Whether BigV did it is not known. ${known ?? GONE}`)
  refreshGroup(sending.ref)
}

function endSuperseded(key: string, sending: Sending, note: string): void {
  end(key, 'superseded', `${note} Nothing more was sent.`)
  refreshGroup(sending.ref)
}

function endRefused(key: string, sending: Sending, note: string): void {
  end(key, 'refused', note)
  refreshGroup(sending.ref)
}

/** Ends an operation that did not get through, and says what it has changed all the same. */
function end(key: string, outcome: Outcome, note: string): void {
  const operation = findOperation(key)
  if (operation !== undefined) endOperation(key, outcome, note + whatStays(operation))
}

/** Reads the machine after an unclear failure and says what it shows; null when BigV has it no more. */
async function whatIsKnown(
  { ref, before }: Sending,
  operation: Operation | undefined,
): Promise<string | null> {
  try {
    const machine = await fetchMachine(ref, before.vm.id)
    showMachine(ref, machine)
    if (operation?.also !== undefined) {
      const says = pairSays(operation, machine.vm, await fetchOther(operation.also))
      return `Both read again at ${formatClock(Date.now())}: ${says}`
    }
    return `Read again at ${formatClock(Date.now())}, it shows: ${inWords(machine)}.`
  } catch (error) {
    if (isNotFound(error)) return null
    return error instanceof ApiError ? `Reading it again failed too: ${error.message}` : ''
  }
}

function noteAutoreboot(key: string, sending: Sending, planned: PlannedRequest): void {
  const change = autorebootChange([planned], sending.before.vm.autoreboot_on)
  if (change !== null) updateOperation(key, { autoreboot: change })
}

/** Whether that the machine is gone is what was asked for. */
function isDoneWhenGone(key: string): boolean {
  const operation = findOperation(key)
  return (
    operation !== undefined && machineActionOf(operation.action)?.whenGone?.(operation.expects)?.is === 'done'
  )
}
