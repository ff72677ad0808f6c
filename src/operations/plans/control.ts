import type { BoundAction } from '../../actions/action.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { findPlan, haltPlan, keepInMemory, updatePlan } from '../plan-store.ts'
import { stepOf, type Plan } from '../plan.ts'

/** Advances a plan. The code for it is loaded with the first plan; where that fails, the plan is halted. */
export function advanceLater(key: string): void {
  void import('./advance.ts').then(
    ({ advance }) => advance(key),
    () => haltPlan(key, 'Part of the dashboard failed to load, so the plan can’t continue.'),
  )
}

/** The user stops a plan: nothing more is sent for it. What was sent already is watched on, as an operation of its own. */
export function stopPlan(key: string): void {
  haltPlan(key, 'You cancelled it.', true)
}

/**
 * The user resumes a halted plan, on the machine as it was last read. Where it runs again before the step that needs it off was
 * done, the plan goes on from the shutdown. Every step fetches the machine anew.
 */
export function resumePlan(key: string, vm: Pick<VirtualMachine, 'power_on'> | undefined): void {
  const plan = findPlan(key)
  if (plan === undefined || plan.phase !== 'halted') return
  const steps = vm !== undefined && startsOver(plan, vm) ? fromShutDown(plan.steps) : plan.steps
  updatePlan(key, { phase: 'running', steps, endedAt: null, note: '', stopped: false })
  advanceLater(key)
}

/** Whether resuming means to shut the machine down once more. */
export function startsOver(plan: Plan, { power_on }: Pick<VirtualMachine, 'power_on'>): boolean {
  return power_on && stepOf(plan)?.role === 'action'
}

/** The user enters what a plan's action carries once more. Resumes the plan if it was halted. */
export function reenter(key: string, bound: BoundAction, vm: VirtualMachine): void {
  keepInMemory(key, bound)
  updatePlan(key, { kept: bound.keep(vm) ?? {} })
  resumePlan(key, vm)
}

function fromShutDown(steps: Plan['steps']): Plan['steps'] {
  return steps.map((step) =>
    step.role === 'shut down' ? { ...step, done: false, operation: null, note: '' } : step,
  )
}
