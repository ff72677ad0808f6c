import { ApiError } from '../../api/errors.ts'
import { redacted } from '../../api/redact.ts'
import { readMachine, type MachineReading } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { currentSession } from '../../session/session.ts'
import { differs, type Begun, type Stated } from '../begin.ts'
import { busyRefusal } from '../exclusive.ts'
import { forbiddenRefusal } from '../forbidden.ts'
import { isLookOnly, lookOnlyRefusal } from '../look-only.ts'
import { shareReading } from '../readings.ts'
import { refusals } from '../refusals.ts'
import { blockingOn, operations } from '../store.ts'
import { driveLater } from './driver.ts'
import { planRefusal } from './lock.ts'
import type { Plan, PlanKind } from './plan.ts'
import { hold, planOn, plans, putPlan, type Held } from './store.ts'
import { PLAN_STEPS } from './wording.ts'

/** What the user has asked for, and what the dialog stated. */
export interface Planned extends Held {
  kind: PlanKind
  ref: GroupRef
  id: number
  stated: Stated
  /** The name of the group that the change moves the machine to. */
  movesTo?: string | null
  /** After how many ms of waiting for the guest the plug is pulled; null for never. */
  forceAfter: number | null
}

/**
 * Begins a plan on a machine that runs. Reads the machine first, and the reading decides: refused, or other than was stated,
 * nothing is begun. Returns once that is known; the steps go on by themselves.
 */
export async function beginPlan({ ref, id, stated, ...planned }: Planned): Promise<Begun> {
  const barred =
    lookOnlyRefusal(isLookOnly()) ??
    forbiddenRefusal('shut_down', { ...ref, id, name: stated.name }) ??
    planRefusal('shut_down', planOn(plans(), id)) ??
    busyRefusal('shut_down', blockingOn(operations(), id), Date.now())
  if (barred !== null) return { is: 'refused', reason: barred }
  let reading: MachineReading
  try {
    reading = await readMachine(ref, id)
  } catch (error) {
    if (error instanceof ApiError) return { is: 'unread', error }
    throw error
  }
  shareReading(ref, reading)
  const refused =
    lookOnlyRefusal(isLookOnly()) ??
    planRefusal('shut_down', planOn(plans(), id)) ??
    refusals.shut_down(reading)
  if (refused !== null) return { is: 'refused', reason: refused }
  if (differs(stated, reading)) return { is: 'changed', reading }
  const plan = newPlan(planned, { ...ref, id, name: stated.name }, stated)
  putPlan(plan)
  hold(plan.key, planned)
  driveLater(plan.key)
  return { is: 'begun', key: plan.key }
}

function newPlan(
  { kind, patch = {}, image, movesTo = null, forceAfter }: Omit<Planned, 'ref' | 'id' | 'stated'>,
  target: Plan['target'],
  { autoreboot_on, attributes = {} }: Stated,
): Plan {
  const now = Date.now()
  return {
    key: `${now.toString(36)}-${Math.random().toString(36).slice(2, 10)}`,
    kind,
    target,
    username: currentSession().credentials?.username ?? '',
    phase: 'running',
    steps: PLAN_STEPS[kind].map((action) => ({
      action,
      done: false,
      operation: null,
      tried: null,
      note: '',
    })),
    before: { autoreboot_on, attributes: redacted(attributes) as Record<string, unknown> },
    patch: redacted(patch) as Record<string, unknown>,
    movesTo,
    distribution: image?.distribution ?? null,
    forceAfter,
    begunAt: now,
    endedAt: null,
    note: '',
    stopped: false,
    foreign: false,
    dismissed: false,
  }
}
