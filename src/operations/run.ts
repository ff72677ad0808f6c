import type { Action, BoundAction, OtherTarget } from '../actions/action.ts'
import { nameOf } from '../actions/index.ts'
import { ApiError } from '../api/errors.ts'
import type { VirtualMachine } from '../api/virtual-machine.ts'
import { fetchMachine, type MachineData } from '../api/virtual-machines.ts'
import { currentSession } from '../session/session.ts'
import type { GroupRef } from '../lib/links.ts'
import { busyReason } from './exclusive.ts'
import { forbiddenReason } from './forbidden.ts'
import { isReadOnly, readOnlyReason } from './read-only.ts'
import type { Operation, Target } from './operation.ts'
import { planReason } from './plans/lock.ts'
import { dismissPlan, haltPlan, planOn, plans, runningPlan, updateStep } from './plans/store.ts'
import { showMachine, showRow } from './machine-cache.ts'
import { sendAndWatch } from './send.ts'
import { backInTime } from './signed-in.ts'
import {
  blockingOn,
  endOperation,
  findOperation,
  runningOn,
  operations,
  putOperation,
  removeOperation,
  updateOperation,
} from './store.ts'
import { noteBeforeChange } from './waiting-follow.ts'

/** What a dialog told the user about the machine. If it reads otherwise when it is confirmed, the user is asked again. */
export interface DecidedOn {
  name: string
  power_on: boolean
  autoreboot_on: boolean
  /** What its form showed besides, as the action has picked it out of what was read then. */
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
  /** The machine as a list that was read just now has it: it is not read alone then. */
  row?: VirtualMachine
  /** The bulk run that asks. */
  run?: string
  /** The key of the plan that it is a step of. */
  plan?: string
}

/**
 * Asks for an operation on a machine. Reads the machine first, and the reading decides: refused or changed, nothing is sent.
 * Returns once it is known whether the operation begins; sending and watching go on by themselves.
 */
export async function beginOperation({
  bound,
  ref,
  id,
  name,
  decidedOn,
  row,
  run,
  plan,
}: Request): Promise<Begun> {
  const { action, other: also } = bound
  const running = [id, ...(also ? [also.id] : [])].flatMap((each) => runningOn(operations(), each) ?? [])
  const disabledReason =
    readOnlyReason(isReadOnly()) ??
    // A plan that goes on, and a run, were asked for knowing it.
    (plan === undefined && run === undefined ? forbiddenReason(action, { ...ref, id, name }) : null) ??
    planReason(action, planOn(plans(), id), plan) ??
    busyReason(action, blockingOn(operations(), id), Date.now()) ??
    (also ? (planReason(action, planOn(plans(), also.id)) ?? otherBusy(action, also)) : null)
  if (disabledReason !== null) return { is: 'refused', reason: disabledReason }

  // Taken at once, so that a second click while the machine is read does not begin a second one.
  const operation = {
    ...newOperation(action, { ...ref, id, name }),
    ...(also && { also }),
    ...(run !== undefined && { run }),
    ...(plan !== undefined && { plan }),
  }
  putOperation(operation)
  const read = await readSignedIn(ref, id, row, also)
  if (!('machine' in read)) {
    removeOperation(operation.key)
    return read
  }
  const { machine, other } = read
  // While the user signed in again, what was asked for may have been dropped.
  const dropped = findOperation(operation.key) === undefined ? DROPPED : null
  const halted = plan !== undefined && runningPlan(plan) === undefined ? 'The plan was halted.' : null
  const refused =
    dropped ??
    halted ??
    readOnlyReason(isReadOnly()) ??
    action.disabledReason(machine) ??
    (other ? bound.otherReason(other, machine) : null)
  const changed = decidedOn !== undefined && differs(decidedOn, decidedOnFrom(bound, machine, other))
  if (refused !== null || changed) {
    removeOperation(operation.key)
    return refused === null ? { is: 'changed', machine } : { is: 'refused', reason: refused }
  }
  if (plan !== undefined) updateStep(plan, { operation: operation.key })
  else if (!action.aside) haltFor(action.label, id)
  if (!action.aside) {
    for (const { key } of running) endOperation(key, 'no longer watching', `Replaced by “${action.label}”.`)
  }
  updateOperation(operation.key, { expects: bound.expects(machine.vm, other?.vm) })
  noteBeforeChange(operation.key, machine.vm)
  void sendAndWatch(operation.key, {
    ref,
    before: machine,
    requestsFor: ({ vm }) => bound.requests(ref, vm),
    disabledReason: action.disabledReason,
    ...(also && {
      otherReason: async (own) => bound.otherReason(await fetchFirst(also, also.id), own),
    }),
  })
  return { is: 'begun', key: operation.key }
}

/** What a dialog or a form has told of the machine, to be compared with the reading before the write. */
export function decidedOnFrom(
  bound: BoundAction,
  { vm }: MachineData,
  other?: MachineData,
): Required<DecidedOn> {
  const { name, power_on, autoreboot_on } = vm
  return { name, power_on, autoreboot_on, decidedOn: bound.decidedOn(vm, other?.vm) }
}

const DROPPED = 'You signed out, or somebody else has signed in, so it was dropped.'

interface Read {
  machine: MachineData
  other: MachineData | undefined
}

/**
 * Reads what an operation is about; where BigV no longer takes the credentials, once more after the same user has signed in again,
 * if that took no longer than a minute.
 */
async function readSignedIn(
  ref: GroupRef,
  id: number,
  row: VirtualMachine | undefined,
  also: OtherTarget | null,
): Promise<Read | Extract<Begun, { is: 'refused' | 'unread' }>> {
  for (;;) {
    const used = currentSession().credentials
    try {
      const machine = await fetchFirst(ref, id, row)
      return { machine, other: also ? await fetchFirst(also, also.id) : undefined }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const { credentials, expired } = currentSession()
      if (error.status !== 401 || (!expired && credentials === used)) return { is: 'unread', error }
      const notBack = await backInTime()
      if (notBack?.is === 'cancelled') return { is: 'unread', error }
      if (notBack !== null) return { is: 'refused', reason: notBack.why }
    }
  }
}

/** Reads the machine and shows the reading on the pages that have it. A row is a reading too, without discs and NICs. */
async function fetchFirst(ref: GroupRef, id: number, row?: VirtualMachine): Promise<MachineData> {
  if (row !== undefined) {
    showRow(ref, row)
    return { vm: row, creating: false }
  }
  const machine = await fetchMachine(ref, id)
  showMachine(ref, machine)
  return machine
}

// Who pulls the plug, or changes it otherwise where a plan has let go, does not want it to be turned on by that plan.
function haltFor(label: string, id: number): void {
  const plan = planOn(plans(), id)
  if (plan === undefined) return
  haltPlan(plan.key, `You have pressed “${label}”.`, true)
  if (plan.phase === 'done') dismissPlan(plan.key)
}

/** Returns an operation that has only just been asked for. */
export function newOperation(action: Action, target: Target): Operation {
  const now = Date.now()
  return {
    key: `${now.toString(36)}-${Math.random().toString(36).slice(2, 10)}`,
    action: nameOf(action),
    label: action.label,
    inProgress: action.inProgress,
    overdueAfter: action.watch?.overdueAfter ?? null,
    aside: action.on === 'privilege' || ('aside' in action && action.aside === true),
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
    expectsPower: true,
    otherTab: false,
  }
}

function otherBusy(action: BoundAction['action'], { id, name }: OtherTarget): string | null {
  const busy = busyReason(action, blockingOn(operations(), id), Date.now())
  return busy === null ? null : `${name}: ${busy}`
}

/** Whether a machine reads otherwise than the user was told. */
export function differs(told: DecidedOn, now: Required<DecidedOn>): boolean {
  const { name, power_on, autoreboot_on, decidedOn } = told
  if (name !== now.name || power_on !== now.power_on || autoreboot_on !== now.autoreboot_on) return true
  return decidedOn !== undefined && JSON.stringify(decidedOn) !== JSON.stringify(now.decidedOn)
}
