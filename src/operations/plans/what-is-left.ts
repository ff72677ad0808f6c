import type { WrittenAttribute } from '../../actions/action.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { yesNo } from '../../lib/text.ts'
import type { Operation } from '../operation.ts'
import { guidedOf, mainStepOf, type Plan, type PlanStep } from '../plan.ts'
import { powerSentence } from '../state.ts'
import { attributesOf, hasAll } from './decide.ts'

/**
 * What state a plan that does not go on has left, in whole sentences: the machine as it was last read (undefined: it cannot be read),
 * what the plan is about, and autoreboot_on.
 */
export function whatIsLeft(
  plan: Plan,
  machine: MachineData | undefined,
  operations: readonly Operation[],
): string[] {
  const main = aboutMain(plan, machine, operations)
  if (machine === undefined) return ['Couldn’t load the machine: it may be on or off.', main]
  const { vm } = machine
  if (vm.deleted) return ['The machine is deleted. You can undelete it.', main]
  const sentences = [powerSentence(vm), main]
  if (vm.autoreboot_on !== plan.before.autoreboot_on) {
    sentences.push(
      `autoreboot_on is ${yesNo(vm.autoreboot_on)}; before the plan it was ${yesNo(plan.before.autoreboot_on)}.`,
    )
  }
  return sentences
}

/** What has become of the step for whose sake the plan was made. */
function aboutMain(plan: Plan, machine: MachineData | undefined, operations: readonly Operation[]): string {
  const step = mainStepOf(plan)
  const { made, notMade, unclear } = guidedOf(plan)
  if (step === undefined) return ''
  const attributes = machine ? attributesOf(plan, machine.vm) : []
  if (step.done) {
    // It was seen, but may have been changed again since.
    const others = differing(attributes, 'wanted')
    return others === '' ? made : `The change was made, but ${others} now.`
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

/** The attributes that read otherwise than they were, or were to be: "cores reads 4". */
function differing(attributes: readonly WrittenAttribute[], from: 'before' | 'wanted'): string {
  return attributes
    .filter((attribute) => attribute.now !== attribute[from])
    .map(({ name, now }) => `${name} is ${JSON.stringify(now)}`)
    .join(', ')
}

/** What the user can do about a plan that does not go on by itself. */
export type WayOn = 'resume' | 're-enter' | 'start' | 'restore autoreboot_on'

/**
 * What can be done about a plan, the most likely first. Nothing where the machine is deleted or cannot be read. Another tab's plan is
 * resumed there only. `missing`: a secret has to be re-entered.
 */
export function waysOn(plan: Plan, missing: boolean, machine: MachineData | undefined): WayOn[] {
  if (machine === undefined || machine.vm.deleted) return []
  const { power_on, autoreboot_on } = machine.vm
  const ways: WayOn[] = []
  if (plan.phase === 'halted') {
    if (!plan.otherTab && !missing) ways.push('resume')
    // Also where nothing is missing: the password may be what BigV refused.
    const isLeft = mainStepOf(plan)?.done === false
    if (!plan.otherTab && isLeft && guidedOf(plan).secrets?.reenter !== undefined) ways.push('re-enter')
    if (!power_on && !autoreboot_on) ways.push('start')
  }
  if (power_on && autoreboot_on !== plan.before.autoreboot_on) ways.push('restore autoreboot_on')
  return ways
}
