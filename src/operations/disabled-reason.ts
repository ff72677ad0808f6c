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
import { readOnlyReason, useReadOnly } from './read-only.ts'
import { useOperations, useRunning } from './store.ts'

/** Returns the function that says why an action cannot be done on this machine now, or null. */
export function useDisabledReason(machine: MachineData): (action: MachineAction) => string | null {
  const running = useRunning(machine.vm.id)
  const readOnly = useReadOnly()
  const plan = usePlanOn(machine.vm.id)
  // Time matters only where an operation running becomes overdue.
  useNowSelected((now) => running !== undefined && isOverdue(running, now))
  return (action) => machineDisabledReason(action, machine, running, readOnly, Date.now(), plan)
}

/** The same of actions on a group, a privilege or a user, and of one that makes a machine. */
export function useResourceDisabledReason(): (action: Action, target: Target) => string | null {
  const readOnly = useReadOnly()
  // A 403 is remembered when its operation ends.
  useOperations()
  return (action, target) => readOnlyReason(readOnly) ?? forbiddenReason(action, target)
}

/**
 * Why an action cannot be done on a machine now, or null: the writes are switched off, BigV has refused it to this user before, a
 * plan runs on the machine, another operation is running, or the machine is not in a state for it.
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
 * Why an action has to wait for the operation that is running on the machine, or null. One operation at a time per machine; what
 * blocks nothing goes at any time; some may replace a waiting one; an overdue one blocks nothing.
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
  return `“${actions[running.action].label}” is still running.`
}

const schema = z.lazy(() => z.object({ since: z.number(), reasons: z.record(z.string(), z.string()) }))

/** What BigV has answered 403 to in one session; `since`: when it began, in ms. */
const forbidden = persisted(createStore<z.infer<typeof schema>>({ since: 0, reasons: {} }), {
  key: 'bigv.forbidden',
  where: 'tab',
  schema,
})

/** What is refused: an action on a machine, by its id; on what has none, by its place and name. */
type What = Pick<Operation['target'], 'account' | 'group' | 'id' | 'name'>

/** Notes that BigV answered 403 to an action: it is not asked for it again in this session. */
export function noteForbidden(action: Action, target: What, error: ApiError): void {
  const at = formatClock(error.trace.startedAt + error.trace.duration)
  const reason = `${error.message} That was at ${at}. Sign in again to retry.`
  forbidden.set({
    since: currentSession().since,
    reasons: { ...reasonsOfThisSession(), [keyOf(action, target)]: reason },
  })
}

/** Why an action is not to be asked for in this session: what BigV said when it refused it with 403; or null. */
export function forbiddenReason(action: Action, target: What): string | null {
  return reasonsOfThisSession()[keyOf(action, target)] ?? null
}

// Whoever has signed in again may have other rights by now.
function reasonsOfThisSession(): Record<string, string> {
  const { since, reasons } = forbidden.get()
  return since === currentSession().since ? reasons : {}
}

/** How far a 403 reaches: of what is not there yet it is the place that is refused; of a privilege, its name says whose and which. */
function keyOf({ name: action, on }: Action, { account, group, id, name }: What): string {
  switch (on) {
    case 'new machine':
      return JSON.stringify([action, account, group])
    case 'new group':
      return JSON.stringify([action, account])
    // One's rights over one machine need not be those over another.
    case 'privilege':
      return JSON.stringify([action, account, group, id, name])
    case 'machine':
    case 'group':
    case 'user':
      return JSON.stringify(id === null ? [action, account, group, name] : [action, id])
  }
}
