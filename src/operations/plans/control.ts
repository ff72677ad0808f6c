import { advanceLater } from './driver.ts'
import { stepOf, type Plan } from './plan.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { findPlan, haltPlan, hold, updatePlan, type Held } from './store.ts'

/** The user stops a plan: nothing more is sent for it. What was sent already is watched on, as an operation of its own. */
export function stopPlan(key: string): void {
  haltPlan(key, 'You have stopped it.', true)
}

/**
 * The user has a halted plan go on. Takes the machine as it was last read: where it runs again before the step that needs it off
 * was done, the plan goes on from the shutdown. Every step reads the machine anew.
 */
export function resumePlan(key: string, vm: Pick<VirtualMachine, 'power_on'> | undefined): void {
  const plan = findPlan(key)
  if (plan === undefined || plan.phase !== 'halted') return
  const steps = vm !== undefined && startsOver(plan, vm) ? fromShutDown(plan.steps) : plan.steps
  updatePlan(key, { phase: 'running', steps, endedAt: null, note: '', stopped: false })
  advanceLater(key)
}

/** Whether going on means to shut the machine down once more. */
export function startsOver(plan: Plan, { power_on }: Pick<VirtualMachine, 'power_on'>): boolean {
  const next = stepOf(plan)?.action
  return power_on && next !== 'shut_down' && next !== 'start'
}

/** Gives a plan again what was not kept over a reload, or other than it was. It goes on if it was halted. */
export function giveAgain(key: string, given: Held, vm: Pick<VirtualMachine, 'power_on'> | undefined): void {
  hold(key, given)
  if (given.image !== undefined) updatePlan(key, { distribution: given.image.distribution })
  resumePlan(key, vm)
}

function fromShutDown(steps: Plan['steps']): Plan['steps'] {
  return steps.map((step) =>
    step.action === 'shut_down' ? { ...step, done: false, operation: null, note: '' } : step,
  )
}
