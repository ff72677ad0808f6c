import { bind, type BoundAction } from '../../actions/action.ts'
import { change, reimage } from '../../actions/lifecycle.ts'
import { rescue, shutDown, start } from '../../actions/power.ts'
import { redacted } from '../../api/redact.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { inWords } from '../state.ts'
import { machineActions } from '../../actions/index.ts'
import type { Plan, PlanStep } from './plan.ts'
import { isSecret, needsAgain } from './secrets.ts'
import type { Held } from './store.ts'
import { guidedOf } from './wording.ts'

/** What the next step of a plan comes to on a machine that reads thus. */
export type Move =
  | { is: 'done'; note: string }
  | { is: 'begin'; bound: BoundAction }
  | { is: 'halt'; note: string }

const done = (note: string): Move => ({ is: 'done', note })
const begin = (bound: BoundAction): Move => ({ is: 'begin', bound })
const halt = (note: string): Move => ({ is: 'halt', note })

/**
 * Takes a plan, its next step, the machine as it was just read, and what is held of the plan's secrets; returns what to do.
 * A step whose end is there already is done, whoever brought it about; one whose ground is gone halts the plan. Pure.
 */
export function decide(plan: Plan, { action: name }: PlanStep, machine: MachineData, held: Held): Move {
  const { vm } = machine
  if (vm.deleted) return halt('It was deleted meanwhile.')
  const there = isThere(plan, name, machine)
  if (there !== null) return done(there)
  const action = machineActions[name]
  if (action.guided && (vm.power_on || vm.autoreboot_on)) {
    return halt(
      `It is not off any more: it reads ${inWords(machine)}. Nothing was sent to ${action.guided.verb} it.`,
    )
  }
  const refused = action.disabledReason(machine)
  if (refused !== null) return halt(`${action.label}: ${refused}`)
  if (needsAgain(plan, held)) return halt(`${guidedOf(plan.kind).forgotten}${AGAIN[plan.kind]}`)
  switch (name) {
    case 'shut_down':
      return begin(bind(shutDown))
    case 'rescue':
      return begin(bind(rescue))
    case 'start':
      return begin(bind(start, { autoreboot_on: plan.before.autoreboot_on }))
    case 'reimage':
      return held.image ? begin(bind(reimage, held.image)) : halt(guidedOf('reimage').forgotten ?? '')
    case 'change': {
      const others = otherwise(plan, machine)
      return others.length > 0
        ? halt(`Somebody else has changed it: ${others.join(' ')} Nothing was sent to change it.`)
        : begin(bind(change, held.patch ?? plan.patch))
    }
  }
}

/** What to do about what is missing after a reload. */
const AGAIN = {
  reimage: ', so they have to be given again.',
  change: '. Save the CD again in the settings.',
  rescue: '',
}

/**
 * Takes a plan, one of its steps and a reading, and returns what to say where the reading shows that the step's end is there
 * already, else null. That a machine is on does not show that it was re-imaged, or what it was started with.
 */
export function isThere(plan: Plan, action: PlanStep['action'], { vm }: MachineData): string | null {
  switch (action) {
    case 'shut_down':
      return shutDown.isAchieved?.(vm) ? 'It is off.' : null
    case 'start':
      return start.isAchieved?.(vm) ? 'It is on.' : null
    case 'change':
      return hasPatch(plan, vm) ? 'It has these values.' : null
    case 'reimage':
    case 'rescue':
      return null
  }
}

/** Whether a machine that reads thus has what the plan writes; false where that cannot be told, for what is secret in it. */
export function hasPatch({ patch }: Pick<Plan, 'patch'>, vm: Readonly<Record<string, unknown>>): boolean {
  if (isSecret(patch)) return false
  return Object.entries(patch).every(([name, value]) => (vm[name] ?? null) === value)
}

/** What reads otherwise than the user was shown. */
function otherwise({ before, patch }: Plan, { vm }: MachineData): string[] {
  return Object.entries(before.attributes).flatMap(([name, was]) => {
    const now = redacted(vm[name] ?? null)
    if (now === (was ?? null) || now === patch[name]) return []
    return [`${name} reads ${JSON.stringify(now)}, not ${JSON.stringify(was ?? null)}.`]
  })
}
