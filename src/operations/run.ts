import type { Action, BoundAction, OtherTarget } from '../actions/action.ts'
import { nameOf } from '../actions/index.ts'
import { autorebootChange, writtenAutoreboot } from '../actions/autoreboot.ts'
import { ApiError, isUnclear } from '../api/errors.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import type { MachineData } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import { currentSession } from '../session/session.ts'
import { autorebootOtherwise } from './check.ts'
import { busyReason } from './disabled-reason.ts'
import { forbiddenReason } from './forbidden.ts'
import { fetchAndShow, refreshGroup, showRow } from './machine-cache.ts'
import { whatStays, type Operation, type Outcome, type Target } from './operation.ts'
import {
  blockingOn,
  endOperation,
  findOperation,
  noteFailure,
  operations,
  putOperation,
  removeOperation,
  runningOn,
  updateOperation,
} from './store.ts'
import { planReason } from './plans/plan.ts'
import { dismissPlan, haltPlan, planOn, plans, runningPlan, updateStep } from './plans/store.ts'
import { isReadOnly, readOnlyReason } from './read-only.ts'
import { machineIn, sendRequests, type Sending, type Sent } from './send.ts'
import { NotSent, notOurs, withSession } from './sign-in-again.ts'
import { inWords } from './state.ts'
import { noteBeforeChange } from './waiting-follow.ts'
import { lookAgain, watchFrom } from './watch.ts'

// The only sender. Every change goes this way: check → (ask again) → send → record → watch. This file has the way itself, for a
// `Job`, and the job of an action on a machine; create.ts has that of a new machine, thing.ts that of groups, keys and privileges.

/** What is done to what. `Data` is what it is decided on: a machine as it was just fetched, for one. */
export interface Job<Data> extends Sending<Data> {
  action: Action
  target: Target
  /** What its record has besides. */
  record?: Partial<Operation>
  /** What stands in its way, or null; asked before anything is fetched. */
  blocked: () => string | null
  /** All requests were answered well: has it watched, or ends it. */
  sent: (key: string, last: Sent | null, data: Data) => Finished | Promise<Finished>
  /** No answer came: what is known after looking, in sentences for the record. */
  lookAgain: (key: string) => Promise<{ outcome: Extract<Outcome, 'done' | 'unclear'>; note: string }>
  /** Has what is shown of it fetched again. */
  refresh: () => void
}

/** What deciding whether it begins needs of a job. */
type JobToBegin<Data> = Pick<
  Job<Data>,
  'action' | 'target' | 'record' | 'blocked' | 'fetch' | 'disabledReason'
>

type Beginning<Data> =
  | { is: 'begun'; key: string; data: Data }
  /** `data` where it was fetched before it was refused. */
  | { is: 'refused'; reason: string; data?: Data }
  | { is: 'unread'; error: ApiError }

/** How sending went. After 'waiting' it is watched; otherwise the operation has ended. */
export type Finished =
  | { is: 'waiting' }
  | { is: 'done' }
  | { is: 'superseded'; note: string }
  | { is: 'refused' | 'unclear'; error: ApiError }
  /** BigV did not take the credentials, and it was not sent again after signing in. */
  | { is: 'dropped'; error: ApiError; why: string; declined: boolean }
  /** The operation has ended otherwise, or its user has left. */
  | { is: 'stopped'; why: string }

/** Records the operation of a job, fetches what it is about, and decides by that whether it begins. Where it does not, the record goes. */
export async function begin<Data>(job: JobToBegin<Data>, fetch = job.fetch): Promise<Beginning<Data>> {
  const blocked = readOnlyReason(isReadOnly()) ?? job.blocked()
  if (blocked !== null) return { is: 'refused', reason: blocked }
  const operation = { ...newOperation(job.action, job.target), ...job.record }
  const { key } = operation
  // At once, so that a second click during the fetch does not begin a second one.
  putOperation(operation)
  try {
    const data = await withSession(fetch)
    const reason = droppedReason(key) ?? readOnlyReason(isReadOnly()) ?? job.disabledReason(data)
    if (reason === null) return { is: 'begun', key, data }
    removeOperation(key)
    return { is: 'refused', reason, data }
  } catch (error) {
    const reason = error instanceof NotSent ? error.message : droppedReason(key)
    removeOperation(key)
    if (reason !== null) return { is: 'refused', reason }
    if (error instanceof ApiError) return { is: 'unread', error }
    throw error
  }
}

/** Why what was asked for does not go on after the fetch: its user has left. */
function droppedReason(key: string): string | null {
  return findOperation(key) === undefined
    ? 'You signed out, or somebody else has signed in, so it was dropped.'
    : notOurs(key)
}

/** Sends what has begun, and hands the operation to the watch, or ends it. */
export async function send<Data>(key: string, job: Job<Data>, data: Data): Promise<Finished> {
  const result = await sendRequests(key, job, data)
  const end = (outcome: Outcome, ...notes: (string | null | undefined)[]) => {
    const operation = findOperation(key)
    const note = notes.filter(Boolean).join(' ')
    if (operation !== undefined) endOperation(key, outcome, note + whatStays(operation))
    job.refresh()
  }
  switch (result.is) {
    case 'sent':
      return await job.sent(key, result.last, result.data)
    case 'stopped':
      end('refused', result.why)
      return result
    case 'superseded':
      end('superseded', result.note, 'Nothing more was sent.')
      return result
    case 'failed': {
      const { error, dropped } = result
      noteFailure(key, error)
      if (!isUnclear(error)) {
        end('refused', error.message, error.sent === 'no' ? 'Nothing was sent.' : null, dropped?.note)
        if (dropped === null) return { is: 'refused', error }
        return { is: 'dropped', error, why: dropped.why, declined: dropped.declined === true }
      }
      const { outcome, note } = await job.lookAgain(key)
      end(outcome, error.message, note)
      return outcome === 'done' ? { is: 'done' } : { is: 'unclear', error }
    }
  }
}

/** What a dialog has shown of the machine. If that has changed when it is confirmed, the user is asked again. */
export interface DecidedOn {
  name: string
  power_on: boolean
  autoreboot_on: boolean
  /** What its form showed besides, as the action has picked it out of what was fetched then. */
  decidedOn?: unknown
}

/** How asking for an operation went. Only `begun` has sent, or will send, anything. */
export type Begun =
  | { is: 'begun'; key: string }
  | { is: 'refused'; reason: string }
  | { is: 'changed'; machine: MachineData }
  | { is: 'unread'; error: ApiError }

interface Request {
  /** What to do: `bind(stop)`, `bind(reimage, image)`. */
  bound: BoundAction
  ref: GroupRef
  id: number
  name: string
  /** What the dialog stated, where there was one. */
  decidedOn?: DecidedOn
  /** The machine as a list that was fetched just now has it: it is not fetched alone then. */
  row?: VirtualMachine
  /** The bulk run that asks. */
  run?: string
  /** The key of the plan that it is a step of. */
  plan?: string
}

/**
 * Asks for an operation on a machine. Fetches the machine first, and that decides: refused or changed, nothing is sent.
 * Returns once it is known whether the operation begins; sending and watching go on by themselves.
 */
export async function beginOperation(request: Request): Promise<Begun> {
  const { bound, id, decidedOn, row, plan } = request
  const { action, other: also } = bound
  const replaced = [id, ...(also ? [also.id] : [])].flatMap((each) => runningOn(operations(), each) ?? [])
  const job = machineJob(request)
  const begun = await begin(job, () => fetchPair(request, row))
  if (begun.is === 'refused') return { is: 'refused', reason: begun.reason }
  if (begun.is === 'unread') return begun
  const { key, data } = begun
  const { machine, other } = data
  if (decidedOn !== undefined && differs(decidedOn, decidedOnFrom(bound, machine, other))) {
    removeOperation(key)
    return { is: 'changed', machine }
  }
  if (plan !== undefined) updateStep(plan, { operation: key })
  else if (!action.aside) haltFor(action.label, id)
  if (!action.aside) {
    for (const each of replaced)
      endOperation(each.key, 'no longer watching', `Replaced by “${action.label}”.`)
  }
  updateOperation(key, { expects: bound.expects(machine.vm, other?.vm) })
  noteBeforeChange(key, machine.vm)
  void send(key, job, data)
  return { is: 'begun', key }
}

/** What a dialog or a form has shown of the machine, to be compared with what is fetched before the write. */
export function decidedOnFrom(
  bound: BoundAction,
  { vm }: MachineData,
  other?: MachineData,
): Required<DecidedOn> {
  const { name, power_on, autoreboot_on } = vm
  return { name, power_on, autoreboot_on, decidedOn: bound.decidedOn(vm, other?.vm) }
}

/** Whether a machine is otherwise than it was shown. */
export function differs(shown: DecidedOn, now: Required<DecidedOn>): boolean {
  const { name, power_on, autoreboot_on, decidedOn } = shown
  if (name !== now.name || power_on !== now.power_on || autoreboot_on !== now.autoreboot_on) return true
  return decidedOn !== undefined && JSON.stringify(decidedOn) !== JSON.stringify(now.decidedOn)
}

/** What an action on a machine is decided on: the machine, and the other one of an action on two. */
interface Pair {
  machine: MachineData
  other: MachineData | undefined
}

function machineJob(request: Request): Job<Pair> {
  const { bound, ref, id, name, run, plan } = request
  const { action, other: also } = bound
  const target = { ...ref, id, name }
  return {
    action,
    target,
    record: { ...(also && { also }), ...(run !== undefined && { run }), ...(plan !== undefined && { plan }) },
    blocked: () =>
      // A plan that goes on, and a run, were asked for knowing it.
      (plan === undefined && run === undefined ? forbiddenReason(action, target) : null) ??
      planReason(action, planOn(plans(), id), plan) ??
      busyReason(action, blockingOn(operations(), id), Date.now()) ??
      (also ? (planReason(action, planOn(plans(), also.id)) ?? otherBusy(action, also)) : null),
    fetch: () => fetchPair(request),
    disabledReason: ({ machine, other }) =>
      (plan !== undefined && runningPlan(plan) === undefined ? 'The plan was halted.' : null) ??
      action.disabledReason(machine) ??
      (other ? bound.otherReason(other, machine) : null),
    changed(key, { machine: { vm: before } }, { machine }) {
      const { name, power_on, autoreboot_on } = machine.vm
      // What the operation itself has written before is no change by somebody else.
      const expected = findOperation(key)?.autoreboot?.after ?? before.autoreboot_on
      const same = name === before.name && power_on === before.power_on && autoreboot_on === expected
      return same ? null : `It has changed meanwhile: ${inWords(machine)}.`
    },
    requests: ({ machine: { vm } }) => bound.requests(ref, vm),
    answered(key, sent, { machine }, isLast) {
      const vm = isLast ? undefined : machineIn(sent)
      const otherwise = vm ? autorebootOtherwise(writtenAutoreboot(sent.request.body), vm) : null
      const change = autorebootChange([sent.request], machine.vm.autoreboot_on)
      if (otherwise === null && change !== null) updateOperation(key, { autoreboot: change })
      return otherwise
    },
    sent(key, last, { machine }) {
      watchFrom(key, last, machine.vm.head ?? null)
      return { is: 'waiting' }
    },
    lookAgain,
    refresh: () => refreshGroup(ref),
  }
}

/** Fetches what the action is about, and shows it on the pages that have it. A row lacks discs and NICs. */
async function fetchPair({ bound, ref, id }: Request, row?: VirtualMachine): Promise<Pair> {
  if (row !== undefined) showRow(ref, row)
  const machine = row === undefined ? await fetchAndShow(ref, id) : { vm: row, creating: false }
  return { machine, other: bound.other ? await fetchAndShow(bound.other, bound.other.id) : undefined }
}

function otherBusy(action: BoundAction['action'], { id, name }: OtherTarget): string | null {
  const busy = busyReason(action, blockingOn(operations(), id), Date.now())
  return busy === null ? null : `${name}: ${busy}`
}

/** Whoever forces a machine off, or changes it where a plan has halted, does not want that plan to turn it on. */
function haltFor(label: string, id: number): void {
  const plan = planOn(plans(), id)
  if (plan === undefined) return
  haltPlan(plan.key, `You have pressed “${label}”.`, true)
  if (plan.phase === 'done') dismissPlan(plan.key)
}

/** The record of what was just asked for. */
export function newOperation(action: Action, target: Target): Operation {
  const now = Date.now()
  return {
    key: `${now.toString(36)}-${Math.random().toString(36).slice(2, 10)}`,
    action: nameOf(action),
    label: action.label,
    inProgress: action.inProgress,
    overdueAfter: action.watch?.overdueAfter ?? null,
    aside: action.aside === true,
    target,
    username: currentSession().credentials?.username ?? '',
    phase: 'checking',
    begunAt: now,
    endedAt: null,
    outcome: null,
    note: '',
    steps: [],
    evidence: null,
    autoreboot: null,
    patienceFrom: now,
    expects: null,
    otherTab: false,
  }
}
