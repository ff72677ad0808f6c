import type { BoundAction } from '../actions/action.ts'
import { autorebootChange, writtenAutoreboot } from '../actions/autoreboot.ts'
import type { OtherTarget } from '../actions/requests.ts'
import { ApiError } from '../api/errors.ts'
import type { MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import { busyReason, forbiddenReason } from './disabled-reason.ts'
import { noteBeforeChange } from './follow-pending-restart.ts'
import { fetchAndShow, refreshGroup, showRow, fetchIfThere } from './machine-cache.ts'
import { dismissPlan, haltPlan, planOn, plans, runningPlan, updateStep } from './plan-store.ts'
import { planReason } from './plan.ts'
import { begin, cancelQueued, machineIn, send, type Job } from './send.ts'
import { fetchResource } from './resource-action.ts'
import { decidedOnFrom, differs, inWords, stateOf, type DecidedOn } from './state.ts'
import { blockingOn, endOperation, findOperation, operations, runningOn, updateOperation } from './store.ts'
import { fetchNow } from './watch-rounds.ts'
import { autorebootContradiction, watchFrom, findingOf, GONE, seenIn, UNSEEN } from './watch.ts'
import { machineActionOf, simpleActionOf } from '../actions/index.ts'
import { formatClock } from '../lib/times.ts'
import type { Operation } from './operation.ts'

/** The result of requesting an operation. Only an operation that has `begun` has sent or will send something. */
export type Begun =
  | { is: 'begun'; key: string }
  | { is: 'refused'; reason: string }
  | { is: 'changed'; machine: MachineData }
  | { is: 'fetch failed'; error: ApiError }

interface OperationRequest {
  /** The action bound to its params: `bind(stop)`, `bind(reimage, image)`. */
  bound: BoundAction
  ref: GroupRef
  id: number
  name: string
  /** The values that the dialog showed, if there was a dialog. */
  decidedOn?: DecidedOn
  /** The machine's row in a list that was just fetched, so that the machine isn't fetched alone. */
  row?: VirtualMachine
  /** The key of the operation's batch or plan. */
  batch?: string
  plan?: string
}

/**
 * Begins an operation on a machine. Fetches the machine first: nothing is sent if the action isn't possible now, or if the values that the
 * user saw have changed. Resolves once the operation has begun or can't; sending and watching continue in the background. An operation that
 * is queued counts as begun, unless it belongs to a batch or plan: no dialog should stay open for the minutes that this may take.
 */
export async function beginOperation(request: OperationRequest): Promise<Begun> {
  if (request.batch !== undefined || request.plan !== undefined) return await beginInTurn(request)
  return await new Promise((resolve, reject) => {
    const onQueued = (key: string) => resolve({ is: 'begun', key })
    beginInTurn(request, onQueued).then(resolve, reject)
  })
}

async function beginInTurn(request: OperationRequest, onQueued?: (key: string) => void): Promise<Begun> {
  const { bound, id, decidedOn, row, plan } = request
  const { action, other: also } = bound
  // Looked up before this operation begins: afterwards, the operation running on the machine would be this one.
  const replaced = [id, ...(also ? [also.id] : [])].flatMap((each) => runningOn(operations(), each) ?? [])
  // Cancel a queued operation before this operation's fetch: it might get its turn during the fetch.
  if (action.replaces) for (const each of replaced) cancelQueued(each.key, action.label)
  const job = machineJob(request)
  // The list's row only replaces the first fetch: by the time the user has signed in again, the machine may have changed.
  const begun = await begin(job, { fetch: () => fetchPair(request, row), ...(onQueued && { onQueued }) })
  if (begun.is === 'refused') return { is: 'refused', reason: begun.reason }
  if (begun.is === 'fetch failed') return begun
  const { key, data, place, drop } = begun
  const { machine, other, resource } = data
  if (decidedOn !== undefined && differs(decidedOn, decidedOnFrom(bound, machine, other, resource))) {
    drop(changedText(machine))
    return { is: 'changed', machine }
  }
  if (plan !== undefined) updateStep(plan, { operation: key })
  else if (!action.blocksNothing) haltPlanOn(id, action.label)
  if (!action.blocksNothing) {
    for (const each of replaced)
      endOperation(each.key, 'no longer watching', `Replaced by “${action.label}”.`)
  }
  updateOperation(key, { expects: bound.expects(machine.vm, other?.vm) })
  noteBeforeChange(key, machine.vm)
  void send(key, job, data, place)
  return { is: 'begun', key }
}

/** The machine and, for an action on two machines, the other machine. */
interface Pair {
  machine: MachineData
  other: MachineData | undefined
  /** The other data that the action's form shows (`shownIn`). */
  resource: unknown
}

/** The checks, fetches and requests of an operation on a machine. */
export function machineJob(request: OperationRequest): Job<Pair> {
  const { bound, ref, id, name, batch, plan } = request
  const { action, other: also } = bound
  const target = { ...ref, id, name }
  return {
    action,
    target,
    record: {
      ...(also && { also }),
      ...(batch !== undefined && { batch }),
      ...(plan !== undefined && { plan }),
    },
    blocked: () =>
      // A user who resumes a plan or begins a batch already knows about an earlier 403.
      (plan === undefined && batch === undefined ? forbiddenReason(action, target) : null) ??
      planReason(action, planOn(plans(), id), plan) ??
      busyReason(action, blockingOn(operations(), id), Date.now()) ??
      (also ? (planReason(action, planOn(plans(), also.id)) ?? otherBusyReason(action, also)) : null),
    fetch: () => fetchPair(request),
    disabledReason: ({ machine, other }) =>
      (plan !== undefined && runningPlan(plan) === undefined ? 'The plan was cancelled.' : null) ??
      action.disabledReason(machine) ??
      (other ? bound.otherReason(other, machine) : null),
    changed(key, was, now) {
      const before = was.machine.vm
      const { name, power_on, autoreboot_on } = now.machine.vm
      // A value that this operation wrote isn't someone else's change.
      const expected = findOperation(key)?.autoreboot?.after ?? before.autoreboot_on
      const same = name === before.name && power_on === before.power_on && autoreboot_on === expected
      if (!same) return changedText(now.machine)
      return JSON.stringify(formValues(bound, was)) === JSON.stringify(formValues(bound, now))
        ? null
        : 'A value in the form has changed elsewhere in the meantime.'
    },
    requests: ({ machine: { vm } }) => bound.requests(ref, vm),
    readAnswer(key, answered, { machine }, isLast) {
      // The last answer is checked by the watch (watch.ts).
      const vm = isLast ? undefined : machineIn(answered)
      const contradiction = vm ? autorebootContradiction(writtenAutoreboot(answered.request.body), vm) : null
      const change = autorebootChange([answered.request], machine.vm.autoreboot_on)
      if (contradiction === null && change !== null) updateOperation(key, { autoreboot: change })
      return contradiction
    },
    finish(key, last, { machine }) {
      watchFrom(key, last, machine.vm.head ?? null)
      // A signal's answer doesn't show the machine.
      if (last === null || machineIn(last) === undefined) fetchNow(key)
      return { is: 'waiting' }
    },
    fetchUnanswered,
    refresh: () => refreshGroup(ref),
  }
}

const changedText = (machine: MachineData) => `The machine has changed in the meantime: ${inWords(machine)}.`

/** The values that the form of an action shows, beside the machine's name and power. */
const formValues = (bound: BoundAction, { machine, other, resource }: Pair): unknown => [
  bound.decidedOn(machine.vm, other?.vm),
  resource,
]

/**
 * Fetches everything that the operation depends on. `row` replaces the machine's own fetch; as it lacks discs and NICs, pages keep those
 * that they show.
 */
async function fetchPair({ bound, ref, id }: OperationRequest, row?: VirtualMachine): Promise<Pair> {
  if (row !== undefined) showRow(ref, row)
  const machine = row === undefined ? await fetchAndShow(ref, id) : { vm: row, creating: false }
  const other = bound.other ? await fetchAndShow(bound.other, bound.other.id) : undefined
  const { shownIn } = bound.action
  const expected = bound.expects(machine.vm, other?.vm)
  const resource = shownIn && (await fetchResource(shownIn, { ...ref, id, name: machine.vm.name }, expected))
  return { machine, other, resource }
}

function otherBusyReason(action: BoundAction['action'], { id, name }: OtherTarget): string | null {
  const busy = busyReason(action, blockingOn(operations(), id), Date.now())
  return busy === null ? null : `${name}: ${busy}`
}

/** A user who acts on the machine doesn't want a plan to turn it on later. */
function haltPlanOn(id: number, label: string): void {
  const plan = planOn(plans(), id)
  if (plan === undefined) return
  haltPlan(plan.key, `You pressed “${label}”.`, true)
  if (plan.phase === 'done') dismissPlan(plan.key)
}

/**
 * Fetches the machine after a request without an answer, and reports the machine's state. Done if the machine is gone and the action was to
 * remove it.
 */
async function fetchUnanswered(key: string): Promise<{ outcome: 'done' | 'unclear'; note: string }> {
  const operation = findOperation(key)
  const known = operation ? await currentState(operation) : ''
  const action = operation && machineActionOf(operation.action)
  if (known === null && action?.whenGone?.(operation?.expects ?? null).is === 'done') {
    return { outcome: 'done', note: 'The machine is gone now.' }
  }
  const shown = known ?? `The machine ${GONE}`
  return { outcome: 'unclear', note: `BigV may or may not have carried out the request. ${shown}` }
}

/** The machine's state in a sentence. Null if BigV no longer has the machine. */
async function currentState(operation: Operation): Promise<string | null> {
  const { target, also } = operation
  try {
    const machine = await fetchIfThere(target, target.id ?? target.name)
    if (machine === null) return null
    if (also === undefined) {
      const at = formatClock(Date.now())
      updateOperation(operation.key, { shows: `${stillInWords(operation, machine)} at ${at}.` })
      return `Checked at ${at}: ${inWords(machine)}.`
    }
    const other = await fetchIfThere(also, also.id ?? also.name)
    const text = pairText(operation, machine.vm, other?.vm ?? null)
    return `Both machines were checked at ${formatClock(Date.now())}. ${text}`
  } catch (error) {
    return error instanceof ApiError ? `Checking the machine failed, too: ${error.message}` : ''
  }
}

/** "Running", or "Still running" if the action would have ended that state. */
function stillInWords({ action }: Operation, { vm, creating }: MachineData): string {
  const { kind, word } = stateOf(vm, creating, undefined)
  const settled = kind === 'running' || kind === 'stopped' || kind === 'deleted'
  const achieved = simpleActionOf(action)?.isAchieved?.(vm)
  return settled && achieved === false ? `Still ${word.toLowerCase()}` : word
}

/** What happened to an operation on two machines, going by their current states, in a sentence. */
function pairText(operation: Operation, own: VirtualMachine, other: VirtualMachine | null): string {
  if (other === null) return `${operation.also?.name} ${GONE}`
  const action = machineActionOf(operation.action)
  const at = Date.now()
  const seen = seenIn({ ...UNSEEN, answeredAt: at }, own)
  const found = action && findingOf(action, operation, { at, vm: own, creating: false, other, seen })
  return (found !== undefined && action?.other?.unansweredText(found, other)) || ''
}
