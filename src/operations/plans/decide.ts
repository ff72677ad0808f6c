import { bind, type BoundAction, type WrittenAttribute } from '../../actions/action.ts'
import { shutDown, start } from '../../actions/power.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { actionOf, guidedOf, type Plan, type PlanStep } from '../plan.ts'
import { inWords } from '../state.ts'

/** The decision on a plan's next step. */
export type Move =
  | { is: 'done'; note: string }
  | { is: 'begin'; bound: BoundAction }
  | { is: 'halt'; note: string }

const halt = (note: string): Move => ({ is: 'halt', note })

/**
 * Decides from the machine as just fetched. If the machine already shows a step's result, the step is done, whoever did it. An impossible
 * step halts the plan. Pure.
 * @param bound the plan's action, or null if a secret is missing
 */
export function decide(plan: Plan, step: PlanStep, machine: MachineData, bound: BoundAction | null): Move {
  const { vm } = machine
  if (vm.deleted) return halt('The machine was deleted in the meantime.')
  const achieved = achievedNote(plan, step, machine)
  if (achieved !== null) return { is: 'done', note: achieved }
  const guided = guidedOf(plan)
  if (step.role === 'action' && (vm.power_on || vm.autoreboot_on)) {
    return halt(`The machine is no longer off: ${inWords(machine)}. Nothing was sent to ${guided.verb} it.`)
  }
  const action = actionOf(plan, step)
  const refused = action.disabledReason(machine)
  if (refused !== null) return halt(`${action.label}: ${refused}`)
  if (step.role === 'start') {
    return { is: 'begin', bound: bind(start, { autoreboot_on: plan.before.autoreboot_on }) }
  }
  // Checked before the shutdown, too: a machine that couldn't be re-imaged afterwards should stay on.
  if (bound === null) return halt(guided.secrets?.halted ?? '')
  if (step.role === 'shut down') return { is: 'begin', bound: bind(shutDown) }
  const others = changedElsewhere(plan, machine)
  if (others.length === 0) return { is: 'begin', bound }
  return halt(`The machine was changed elsewhere: ${others.join(' ')} Nothing was sent to ${guided.verb} it.`)
}

/**
 * The note of a step if the machine shows that it is achieved; otherwise null. A machine that is on doesn't show whether it was re-imaged,
 * or which system it booted.
 */
export function achievedNote(plan: Plan, { role }: PlanStep, { vm }: MachineData): string | null {
  if (role === 'shut down') return shutDown.isAchieved?.(vm) ? 'The machine is off.' : null
  if (role === 'start') return start.isAchieved?.(vm) ? 'The machine is on.' : null
  return hasAll(attributesOf(plan, vm)) ? 'The machine has these values.' : null
}

/** The attributes that the plan's action writes, beside the machine's current values. Empty if the machine doesn't show those values. */
export function attributesOf(plan: Pick<Plan, 'action' | 'kept'>, vm: MachineData['vm']): WrittenAttribute[] {
  return guidedOf(plan).attributes?.(plan.kept, vm) ?? []
}

/** True if the machine has the written values. False if part of a value is secret, so that it can't be compared. */
export function hasAll(attributes: readonly WrittenAttribute[]): boolean {
  return attributes.length > 0 && attributes.every(({ hidden, now, wanted }) => !hidden && now === wanted)
}

function changedElsewhere(plan: Plan, { vm }: MachineData): string[] {
  return attributesOf(plan, vm)
    .filter(({ before, wanted, now }) => now !== before && now !== wanted)
    .map(({ name, before, now }) => `${name} is ${JSON.stringify(now)}, not ${JSON.stringify(before)}.`)
}
