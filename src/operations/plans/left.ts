import { redacted } from '../../api/redact.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { Operation } from '../operation.ts'
import { powerSentence } from '../state.ts'
import { yesNo } from '../../lib/text.ts'
import { hasPatch } from './decide.ts'
import type { Plan, PlanStep } from './plan.ts'
import { isSecret } from './secrets.ts'
import { guidedOf } from './wording.ts'

/**
 * Takes a plan that does not go on, the machine as it was last read (undefined: it cannot be read) and the operations of the
 * session, and returns in whole sentences what state the plan has left: the machine, what the plan is about, and autoreboot_on.
 */
export function whatIsLeft(
  plan: Plan,
  machine: MachineData | undefined,
  operations: readonly Operation[],
): string[] {
  const said = [aboutMain(plan, machine, operations)]
  if (machine === undefined) return ['The machine cannot be read: whether it is on is not known.', ...said]
  const { vm } = machine
  if (vm.deleted) return ['It is deleted. It can be restored.', ...said]
  said.unshift(powerSentence(vm))
  if (vm.autoreboot_on !== plan.before.autoreboot_on) {
    said.push(
      `autoreboot_on is ${yesNo(vm.autoreboot_on)}; before this it was ${yesNo(plan.before.autoreboot_on)}.`,
    )
  }
  return said
}

/** What has become of the step for whose sake the plan was made. */
function aboutMain(plan: Plan, machine: MachineData | undefined, operations: readonly Operation[]): string {
  const step = plan.steps.find(({ action }) => action === plan.kind)
  const { made, notMade: not, unclear } = guidedOf(plan.kind)
  if (step === undefined) return ''
  if (step.done) return plan.kind === 'change' && machine !== undefined ? madeOnce(plan, machine) : made
  const outcome = outcomeOf(step, operations)
  if (outcome === 'running') return `${unclear} It was sent, and is still watched.`
  // A reading tells of a change, and of nothing else, whether it is there.
  if (plan.kind === 'change' && machine !== undefined && !isSecret(plan.patch)) {
    return hasPatch(plan, machine.vm) ? made : (partly(plan, machine) ?? not)
  }
  if (outcome === 'done') return made
  return outcome === null || outcome === 'refused' ? not : unclear
}

type MainOutcome = Operation['outcome'] | 'running'

function outcomeOf({ operation, tried }: PlanStep, operations: readonly Operation[]): MainOutcome {
  const own = operation === null ? undefined : operations.find(({ key }) => key === operation)
  if (own === undefined) return tried
  return own.phase === 'ended' ? own.outcome : 'running'
}

function partly(plan: Plan, machine: MachineData): string | null {
  const others = readingsBeside(plan.before.attributes, plan, machine)
  return others === '' ? null : `It was not changed as planned: ${others}.`
}

/** A change that was seen, by a machine that may have been changed again. */
function madeOnce(plan: Plan, machine: MachineData): string {
  const others = readingsBeside(plan.patch, plan, machine)
  return others === '' ? guidedOf('change').made : `The change was made; by now ${others}.`
}

/** What of the change reads otherwise than these values: "cores reads 4". */
function readingsBeside(values: Plan['patch'], { patch }: Plan, { vm }: MachineData): string {
  return Object.keys(patch)
    .flatMap((name) => {
      const now = redacted(vm[name] ?? null)
      return now === (values[name] ?? null) ? [] : [`${name} reads ${JSON.stringify(now)}`]
    })
    .join(', ')
}

/** A way on from a plan that does not go on by itself. */
export type WayOn = 'resume' | 'give' | 'start' | 'put_back'

/**
 * Takes a plan that does not go on, whether something secret is missing for it, and the machine as last read; returns what the
 * user can do, the most likely first. None where the machine is deleted or cannot be read. Another tab's plan goes on there only.
 */
export function waysOn(plan: Plan, missing: boolean, machine: MachineData | undefined): WayOn[] {
  if (machine === undefined || machine.vm.deleted) return []
  const { power_on, autoreboot_on } = machine.vm
  const ways: WayOn[] = []
  if (plan.phase === 'halted') {
    if (!plan.otherTab) ways.push(...waysForward(plan, missing))
    if (!power_on && !autoreboot_on) ways.push('start')
  }
  if (power_on && autoreboot_on !== plan.before.autoreboot_on) ways.push('put_back')
  return ways
}

function waysForward({ kind, steps }: Plan, missing: boolean): WayOn[] {
  const ways: WayOn[] = missing ? [] : ['resume']
  // The password may be what BigV refused, too.
  const left = kind === 'reimage' && steps.some(({ action, done }) => action === 'reimage' && !done)
  return left ? [...ways, 'give'] : ways
}
