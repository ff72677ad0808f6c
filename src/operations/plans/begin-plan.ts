import { bind, type BoundAction } from '../../actions/action.ts'
import { stop } from '../../actions/forced.ts'
import { nameOf } from '../../actions/index.ts'
import { shutDown, start } from '../../actions/power.ts'
import type { PlannedRequest } from '../../actions/requests.ts'
import type { MachineData, VirtualMachine } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { newRecordKey } from '../../lib/record-key.ts'
import { formatSpan } from '../../lib/times.ts'
import { currentSession } from '../../session/session.ts'
import { forbiddenReason } from '../disabled-reason.ts'
import { keepInMemory, planOn, plans, putPlan } from '../plan-store.ts'
import { guidedOf, planReason, stepsFor, targetAfter, type Plan } from '../plan.ts'
import { machineJob, type Begun } from '../run.ts'
import { begin } from '../send.ts'
import { decidedOnFrom, differs, type DecidedOn } from '../state.ts'
import { removeOperation } from '../store.ts'
import { advanceLater } from './control.ts'

/** A plan as confirmed by the user. */
export interface Planned {
  /** The action to do once the machine is off: `bind(reimage, image)`. Must have `guided`. */
  bound: BoundAction
  ref: GroupRef
  id: number
  decidedOn: DecidedOn
  /** After how many ms of waiting for the guest the machine is force stopped; null for never. */
  forceAfter: number | null
}

/**
 * Begins a plan on a running machine. Fetches the machine first: the plan doesn't begin if it isn't possible, or if the values that the
 * user saw have changed. Resolves once the plan has begun or can't; the steps continue in the background.
 */
export async function beginPlan(planned: Planned): Promise<Begun> {
  const { bound, ref, id, decidedOn } = planned
  const { name } = decidedOn
  // Anything that blocks the first step blocks the plan.
  const first = machineJob({ bound: bind(shutDown), ref, id, name })
  const begun = await begin({
    ...first,
    // Checked before the shutdown, so that the machine isn't shut down for nothing.
    blocked: () => first.blocked() ?? forbiddenReason(bound.action, { ...ref, id, name }),
    // Another tab may have begun a plan during the fetch.
    disabledReason: (data) => planReason(shutDown, planOn(plans(), id)) ?? first.disabledReason(data),
  })
  if (begun.is === 'refused') return { is: 'refused', reason: begun.reason }
  if (begun.is === 'fetch failed') return begun
  const { machine } = begun.data
  // The operation has blocked a second click until now. Each step gets its own operation.
  removeOperation(begun.key)
  if (differs(decidedOn, decidedOnFrom(bound, machine))) return { is: 'changed', machine }
  const plan = newPlan(planned, machine)
  putPlan(plan)
  keepInMemory(plan.key, bound)
  advanceLater(plan.key)
  return { is: 'begun', key: plan.key }
}

function newPlan({ bound, ref, id, decidedOn, forceAfter }: Planned, { vm }: MachineData): Plan {
  const now = Date.now()
  return {
    key: newRecordKey(),
    action: nameOf(bound.action),
    kept: bound.serialize(vm) ?? {},
    target: { ...ref, id, name: decidedOn.name },
    username: currentSession().credentials?.username ?? '',
    phase: 'running',
    steps: stepsFor(bound.action),
    before: { autoreboot_on: vm.autoreboot_on },
    forceAfter,
    begunAt: now,
    endedAt: null,
    note: '',
    stopped: false,
    otherTab: false,
    dismissed: false,
  }
}

/** The requests that a plan on this machine will send, in order. `only`: the condition for sending the request, if there is one. */
export function planRequests(
  ref: GroupRef,
  vm: VirtualMachine,
  bound: BoundAction,
  forceAfter: number | null,
): (PlannedRequest & { only?: string })[] {
  const off = { ...vm, autoreboot_on: false }
  const only = `only if it hasn’t shut down after ${formatSpan(forceAfter ?? 0)}`
  const forced = bind(stop)
    .requests(ref, off)
    .map((request) => Object.assign(request, { only }))
  const plan = {
    action: nameOf(bound.action),
    kept: bound.serialize(vm) ?? {},
    target: { ...ref, id: vm.id, name: vm.name },
  }
  const again = guidedOf(plan).startsAgain
    ? bind(start, { autoreboot_on: vm.autoreboot_on }).requests(targetAfter(plan), off)
    : []
  return [
    ...bind(shutDown).requests(ref, vm),
    ...(forceAfter === null ? [] : forced),
    ...bound.requests(ref, off),
    ...again,
  ]
}
