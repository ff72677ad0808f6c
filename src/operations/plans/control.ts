import type { BoundAction } from '../../actions/action.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { findPlan, haltPlan, keepInMemory, updatePlan } from '../plan-store.ts'
import { stepOf, type Plan } from '../plan.ts'
import { cancelQueued } from '../send.ts'
import { operations } from '../store.ts'

/** Advances a plan. The code is loaded with the first plan; if loading fails, the plan is halted. */
export function advanceLater(key: string): void {
  void import('./advance.ts').then(
    ({ advance }) => advance(key),
    () => haltPlan(key, 'Part of the dashboard failed to load, so the plan can’t continue.'),
  )
}

/** Stops a plan: nothing more is sent for it. An operation whose request was already sent is still watched. */
export function stopPlan(key: string): void {
  haltPlan(key, 'You cancelled the plan.', true)
  for (const operation of operations()) if (operation.plan === key) cancelQueued(operation.key)
}

/**
 * Resumes a halted plan, given the machine as last fetched. If the machine is running again although the next step needs it off, the plan
 * continues from the shutdown. Every step fetches the machine again.
 */
export function resumePlan(key: string, vm: Pick<VirtualMachine, 'power_on'> | undefined): void {
  const plan = findPlan(key)
  if (plan === undefined || plan.phase !== 'halted') return
  const steps = vm !== undefined && needsShutdown(plan, vm) ? fromShutDown(plan.steps) : plan.steps
  updatePlan(key, { phase: 'running', steps, endedAt: null, note: '', stopped: false })
  advanceLater(key)
}

/** True if resuming means shutting the machine down again. */
export function needsShutdown(plan: Plan, { power_on }: Pick<VirtualMachine, 'power_on'>): boolean {
  return power_on && stepOf(plan)?.role === 'action'
}

/** Re-enters the params of a plan's action. Resumes the plan if it was halted. */
export function reenter(key: string, bound: BoundAction, vm: VirtualMachine): void {
  keepInMemory(key, bound)
  updatePlan(key, { kept: bound.serialize(vm) ?? {} })
  resumePlan(key, vm)
}

function fromShutDown(steps: Plan['steps']): Plan['steps'] {
  return steps.map((step) =>
    step.role === 'shut down' ? { ...step, done: false, operation: null, note: '' } : step,
  )
}
