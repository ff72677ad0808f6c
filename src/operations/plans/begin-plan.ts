import { bind, type BoundAction } from '../../actions/action.ts'
import { change, reimage, type ImageInstall, type Patch } from '../../actions/lifecycle.ts'
import { rescue, shutDown } from '../../actions/power.ts'
import { ApiError } from '../../api/errors.ts'
import { redacted } from '../../api/redact.ts'
import { fetchMachine, type MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { currentSession } from '../../session/session.ts'
import { type Begun, type DecidedOn, decidedOnFrom, differs } from '../run.ts'
import { busyReason } from '../disabled-reason.ts'
import { forbiddenReason } from '../forbidden.ts'
import { isReadOnly, readOnlyReason } from '../read-only.ts'
import { showMachine } from '../machine-cache.ts'
import { blockingOn, operations } from '../store.ts'
import { advanceLater } from './driver.ts'
import { planReason } from './lock.ts'
import type { Plan } from './plan.ts'
import { hold, planOn, plans, putPlan, type Held } from './store.ts'
import { planSteps } from './wording.ts'

/** What the plan is for, and what it carries. */
export type Main =
  | { kind: 'change'; patch: Patch; movesTo?: string | null }
  | { kind: 'reimage'; image: ImageInstall }
  | { kind: 'rescue' }

/** What the user has asked for, and what the dialog stated. */
export type Planned = Main & {
  ref: GroupRef
  id: number
  decidedOn: DecidedOn
  /** After how many ms of waiting for the guest the plug is pulled; null for never. */
  forceAfter: number | null
}

/** The action for whose sake the plan is made. */
export function boundMain(main: Main): BoundAction {
  switch (main.kind) {
    case 'change':
      return bind(change, main.patch)
    case 'reimage':
      return bind(reimage, main.image)
    case 'rescue':
      return bind(rescue)
  }
}

/**
 * Begins a plan on a machine that runs. Reads the machine first, and the reading decides: refused, or other than was stated,
 * nothing is begun. Returns once that is known; the steps go on by themselves.
 */
export async function beginPlan(planned: Planned): Promise<Begun> {
  const { ref, id, decidedOn } = planned
  const disabledReason =
    readOnlyReason(isReadOnly()) ??
    forbiddenReason(shutDown, { ...ref, id, name: decidedOn.name }) ??
    planReason(shutDown, planOn(plans(), id)) ??
    busyReason(shutDown, blockingOn(operations(), id), Date.now())
  if (disabledReason !== null) return { is: 'refused', reason: disabledReason }
  let machine: MachineData
  try {
    machine = await fetchMachine(ref, id)
  } catch (error) {
    if (error instanceof ApiError) return { is: 'unread', error }
    throw error
  }
  showMachine(ref, machine)
  const refused =
    readOnlyReason(isReadOnly()) ??
    planReason(shutDown, planOn(plans(), id)) ??
    shutDown.disabledReason(machine)
  if (refused !== null) return { is: 'refused', reason: refused }
  if (differs(decidedOn, decidedOnFrom(boundMain(planned), machine))) return { is: 'changed', machine }
  const plan = newPlan(planned, { ...ref, id, name: decidedOn.name }, machine)
  putPlan(plan)
  hold(plan.key, heldOf(planned))
  advanceLater(plan.key)
  return { is: 'begun', key: plan.key }
}

function heldOf(main: Main): Held {
  if (main.kind === 'change') return { patch: main.patch }
  return main.kind === 'reimage' ? { image: main.image } : {}
}

function newPlan(planned: Planned, target: Plan['target'], { vm }: MachineData): Plan {
  const now = Date.now()
  const { kind, forceAfter } = planned
  const patch = kind === 'change' ? planned.patch : {}
  const attributes = Object.fromEntries(Object.keys(patch).map((name) => [name, vm[name]]))
  return {
    key: `${now.toString(36)}-${Math.random().toString(36).slice(2, 10)}`,
    kind,
    target,
    username: currentSession().credentials?.username ?? '',
    phase: 'running',
    steps: planSteps(kind).map((action) => ({
      action,
      done: false,
      operation: null,
      tried: null,
      note: '',
    })),
    before: { autoreboot_on: vm.autoreboot_on, attributes: redacted(attributes) as Record<string, unknown> },
    patch: redacted(patch) as Record<string, unknown>,
    movesTo: kind === 'change' ? (planned.movesTo ?? null) : null,
    distribution: kind === 'reimage' ? planned.image.distribution : null,
    forceAfter,
    begunAt: now,
    endedAt: null,
    note: '',
    stopped: false,
    otherTab: false,
    dismissed: false,
  }
}
