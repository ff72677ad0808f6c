import type { Action, MachineAction } from '../actions/action.ts'
import { actions, machineActionOf } from '../actions/index.ts'
import type { Target } from '../actions/requests.ts'
import type { ApiError } from '../api/errors.ts'
import type { MachineData } from '../api/virtual-machines.ts'
import { persisted } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { createStore } from '../lib/store.ts'
import { atWhen } from '../lib/times.ts'
import { useNowSelected } from '../lib/use-now.ts'
import { currentSession } from '../session/session.ts'
import { isOverdue, type Operation } from './operation.ts'
import { usePlanOn } from './plan-store.ts'
import { planReason, type Plan } from './plan.ts'
import { readOnlyReason, useReadOnly } from '../session/read-only.ts'
import { useRunning } from './store.ts'

/** Returns a function: why is an action not possible on this machine now? Null if it is possible. */
export function useDisabledReason(machine: MachineData): (action: MachineAction) => string | null {
  const running = useRunning(machine.vm.id)
  const readOnly = useReadOnly()
  const plan = usePlanOn(machine.vm.id)
  useForbidden()
  // Re-renders when the running operation becomes overdue.
  useNowSelected((now) => running !== undefined && isOverdue(running, now))
  return (action) => machineDisabledReason(action, machine, running, readOnly, Date.now(), plan)
}

/** Like useDisabledReason, for creating a machine and for actions on a group, privilege or user. */
export function useResourceDisabledReason(): (action: Action, target: Target) => string | null {
  const readOnly = useReadOnly()
  useForbidden()
  return (action, target) => readOnlyReason(readOnly) ?? forbiddenReason(action, target)
}

/**
 * Why an action isn't possible on a machine now: because of read-only mode, an earlier 403 to this user, a plan or another operation on the
 * machine, or the machine's state. Null if the action is possible.
 */
export function machineDisabledReason(
  action: MachineAction,
  machine: MachineData,
  running: Operation | undefined,
  readOnly: boolean,
  now: number,
  plan?: Plan,
): string | null {
  return (
    readOnlyReason(readOnly) ??
    forbiddenReason(action, { account: '', group: '', id: machine.vm.id, name: '' }) ??
    planReason(action, plan) ??
    busyReason(action, running, now) ??
    action.disabledReason(machine)
  )
}

/**
 * Why an action has to wait for the operation running on the machine, or null. Each machine has one operation at a time, with three
 * exceptions: actions that block nothing may always run, some actions replace a waiting one or cancel a queued one, and an overdue
 * operation blocks nothing.
 */
export function busyReason(
  action: Action & Partial<Pick<MachineAction, 'replaces'>>,
  running: Operation | undefined,
  now: number,
): string | null {
  if (running === undefined || action.blocksNothing) return null
  if (running.phase === 'waiting') {
    if (isOverdue(running, now)) return null
    if (action.replaces && machineActionOf(running.action)?.replaceable) return null
  }
  const { label } = actions[running.action]
  if (running.phase !== 'queued') return `“${label}” is still running.`
  // Only the tab that queued an operation can cancel it.
  if (running.otherTab) return `“${label}” is queued in another tab.`
  return action.replaces ? null : `“${label}” is queued.`
}

/** `at`: when BigV answered, ms since 1970. */
const refusal = z.object({ message: z.string(), at: z.number() })
const schema = z.lazy(() => z.object({ since: z.number(), refusals: z.record(z.string(), refusal) }))
type Refusals = Readonly<Record<string, z.infer<typeof refusal>>>

/** The 403s of one session. `since`: when that session began, in ms. */
const forbidden = persisted(createStore<z.infer<typeof schema>>({ since: 0, refusals: {} }), {
  key: 'bigv.forbidden',
  where: 'tab',
  schema,
})

/** The target of a refused action: a machine is identified by its id, anything else by its account, group and name. */
type ForbiddenTarget = Pick<Operation['target'], 'account' | 'group' | 'id' | 'name'>

/** Re-renders when an action is disabled after a 403, or allowed again. */
export const useForbidden = (): unknown => forbidden.use()

/** Remembers that BigV answered 403 to an action, which disables it for this session, or until the user wants to try again. */
export function noteForbidden(action: Action, target: ForbiddenTarget, { message, trace }: ApiError): void {
  const at = trace.startedAt + trace.duration
  setRefusals({ ...refusalsOfThisSession(), [keyOf(action, target)]: { message, at } })
}

/** Enables an action that BigV has answered with a 403, because the user wants to try again. */
export function allowAgain(action: Action, target: ForbiddenTarget): void {
  const { [keyOf(action, target)]: _, ...others } = refusalsOfThisSession()
  setRefusals(others)
}

function setRefusals(refusals: Refusals): void {
  forbidden.set({ since: currentSession().since, refusals })
}

/** BigV's error with its time, if BigV has answered this action with a 403 in this session, or null. */
export function forbiddenReason(action: Action, target: ForbiddenTarget): string | null {
  const refusal = refusalOf(action, target)
  return refusal === null
    ? null
    : `${refusal.message} That was ${atWhen(refusal.at)}. To retry, choose Try again in Activity.`
}

/** BigV's 403 to this action in this session, or null. */
export function refusalOf(action: Action, target: ForbiddenTarget): Refusals[string] | null {
  return refusalsOfThisSession()[keyOf(action, target)] ?? null
}

// After signing in again, the user may have other rights.
function refusalsOfThisSession(): Refusals {
  const { since, refusals } = forbidden.get()
  return since === currentSession().since ? refusals : {}
}

/**
 * The key under which a 403 is stored. A refused creation disables the action for the whole group or account; any other action is disabled
 * for its target alone. The name of a privilege includes its level and user.
 */
function keyOf({ name: action, on }: Action, { account, group, id, name }: ForbiddenTarget): string {
  switch (on) {
    case 'new machine':
      return JSON.stringify([action, account, group])
    case 'new group':
      return JSON.stringify([action, account])
    // A user's rights may differ from machine to machine.
    case 'privilege':
      return JSON.stringify([action, account, group, id, name])
    case 'machine':
    case 'group':
    case 'user':
      return JSON.stringify(id === null ? [action, account, group, name] : [action, id])
  }
}
