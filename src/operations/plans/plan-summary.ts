import type { WrittenAttribute } from '../../actions/action.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { onOff } from '../../lib/text.ts'
import type { Operation } from '../operation.ts'
import { guidedOf, mainStepOf, type Plan, type PlanStep } from '../plan.ts'
import { powerSentence } from '../state.ts'
import { attributesOf, hasAll } from './decide.ts'

/**
 * What is true after a plan, in whole sentences: about the machine, the main action's result, and autoreboot_on.
 * @param machine as last fetched; undefined if the fetch failed
 */
export function planSummary(
  plan: Plan,
  machine: MachineData | undefined,
  operations: readonly Operation[],
): string[] {
  const main = mainSentence(plan, machine, operations)
  if (machine === undefined) return ['Couldn’t load the machine, so its power state isn’t known.', main]
  const { vm } = machine
  if (vm.deleted) return ['The machine is deleted. You can undelete it.', main]
  const sentences = [powerSentence(vm), main]
  if (vm.autoreboot_on !== plan.before.autoreboot_on) {
    sentences.push(
      `Automatic restart is ${onOff(vm.autoreboot_on)}; before the plan it was ${onOff(plan.before.autoreboot_on)}.`,
    )
  }
  return sentences
}

/** The result of the main action. */
function mainSentence(
  plan: Plan,
  machine: MachineData | undefined,
  operations: readonly Operation[],
): string {
  const step = mainStepOf(plan)
  const { made, notMade, unclear } = guidedOf(plan)
  if (step === undefined) return ''
  const attributes = machine ? attributesOf(plan, machine.vm) : []
  if (step.done) {
    // A fetch showed the result, but the values may have changed again since.
    const others = differing(attributes, 'wanted')
    return others === '' ? made : `The change was made, but the machine was changed again since: ${others}.`
  }
  const outcome = outcomeOf(step, operations)
  if (outcome === 'running') return `${unclear} The dashboard keeps watching.`
  if (attributes.length > 0 && !attributes.some(({ hidden }) => hidden)) {
    if (hasAll(attributes)) return made
    const others = differing(attributes, 'before')
    return others === '' ? notMade : `The machine was not changed as planned: ${others}.`
  }
  if (outcome === 'done') return made
  return outcome === null || outcome === 'refused' ? notMade : unclear
}

function outcomeOf(
  { operation, tried }: PlanStep,
  operations: readonly Operation[],
): Operation['outcome'] | 'running' {
  const own = operation === null ? undefined : operations.find(({ key }) => key === operation)
  if (own === undefined) return tried
  return own.phase === 'ended' ? own.outcome : 'running'
}

/** The attributes whose current value differs from the earlier or wanted one: "cores is 4". */
function differing(attributes: readonly WrittenAttribute[], from: 'before' | 'wanted'): string {
  return attributes
    .filter((attribute) => attribute.now !== attribute[from])
    .map(({ name, now }) => `${name} is ${JSON.stringify(now)}`)
    .join(', ')
}

/** The user's options after a plan has ended or halted. */
export type PlanOption = 'resume' | 're-enter' | 'start' | 'restore autoreboot_on'

/**
 * The options for a plan, the most likely first. None if the machine is deleted or couldn't be fetched. A plan of another tab can only be
 * resumed in that tab.
 * @param missing true if a secret has to be re-entered
 */
export function planOptions(plan: Plan, missing: boolean, machine: MachineData | undefined): PlanOption[] {
  if (machine === undefined || machine.vm.deleted) return []
  const { power_on, autoreboot_on } = machine.vm
  const options: PlanOption[] = []
  if (plan.phase === 'halted') {
    if (!plan.otherTab && !missing) options.push('resume')
    // Offered even if no secret is missing, because BigV may have refused the password.
    const isLeft = mainStepOf(plan)?.done === false
    if (!plan.otherTab && isLeft && guidedOf(plan).secrets?.reenter !== undefined) options.push('re-enter')
    if (!power_on && !autoreboot_on) options.push('start')
  }
  if (power_on && autoreboot_on !== plan.before.autoreboot_on) options.push('restore autoreboot_on')
  return options
}
