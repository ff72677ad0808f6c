import type { Action, MachineAction } from '../actions/action.ts'
import { actions, machineActionOf } from '../actions/index.ts'
import type { Target } from '../actions/requests.ts'
import type { ApiError } from '../api/errors.ts'
import type { MachineData } from '../api/virtual-machines.ts'
import { persisted } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { createStore } from '../lib/store.ts'
import { formatClock } from '../lib/times.ts'
import { useNowSelected } from '../lib/use-now.ts'
import { currentSession } from '../session/session.ts'
import { isOverdue, type Operation } from './operation.ts'
import { usePlanOn } from './plan-store.ts'
import { planReason, type Plan } from './plan.ts'
import { readOnlyReason, useReadOnly } from '../session/read-only.ts'
import { useOperations, useRunning } from './store.ts'

/** Returns a function: why is an action not possible on this machine now? Null if it is possible. */
export function useDisabledReason(machine: MachineData): (action: MachineAction) => string | null {
  const running = useRunning(machine.vm.id)
  const readOnly = useReadOnly()
  const plan = usePlanOn(machine.vm.id)
  // Re-renders when the running operation becomes overdue.
  useNowSelected((now) => running !== undefined && isOverdue(running, now))
  return (action) => machineDisabledReason(action, machine, running, readOnly, Date.now(), plan)
}

/** Like useDisabledReason, for creating a machine and for actions on a group, privilege or user. */
export function useResourceDisabledReason(): (action: Action, target: Target) => string | null {
  const readOnly = useReadOnly()
  // Re-renders when an operation ends, because BigV may have answered it with a 403.
  useOperations()
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

const schema = z.lazy(() => z.object({ since: z.number(), reasons: z.record(z.string(), z.string()) }))

/** The 403s of one session. `since`: when that session began, in ms. */
const forbidden = persisted(createStore<z.infer<typeof schema>>({ since: 0, reasons: {} }), {
  key: 'bigv.forbidden',
  where: 'tab',
  schema,
})

/** The target of a refused action: a machine is identified by its id, anything else by its account, group and name. */
type ForbiddenTarget = Pick<Operation['target'], 'account' | 'group' | 'id' | 'name'>

/** Remembers that BigV answered 403 to an action, which disables it for this session. */
export function noteForbidden(action: Action, target: ForbiddenTarget, error: ApiError): void {
  const at = formatClock(error.trace.startedAt + error.trace.duration)
  const reason = `${error.message} That was at ${at}. Sign in again to retry.`
  forbidden.set({
    since: currentSession().since,
    reasons: { ...reasonsOfThisSession(), [keyOf(action, target)]: reason },
  })
}

/** The error text if BigV has answered this action with a 403 in this session, or null. */
export function forbiddenReason(action: Action, target: ForbiddenTarget): string | null {
  return reasonsOfThisSession()[keyOf(action, target)] ?? null
}

// After signing in again, the user may have other rights.
function reasonsOfThisSession(): Record<string, string> {
  const { since, reasons } = forbidden.get()
  return since === currentSession().since ? reasons : {}
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
