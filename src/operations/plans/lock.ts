import type { MachineAction } from '../../actions/action.ts'
import { planTitle } from './wording.ts'
import type { Plan } from './plan.ts'

/**
 * Takes an action, the plan about the machine and the key of the plan that asks for the action, if one does. Returns why the
 * action has to wait, or null: while a plan runs its machine is its own.
 */
export function planReason(
  action: Pick<MachineAction, 'aside' | 'haltsPlan'>,
  plan: Plan | undefined,
  by?: string,
): string | null {
  if (plan === undefined || plan.phase !== 'running' || plan.key === by) return null
  // The plug can be pulled at any time, which halts the plan; keys hold up nothing.
  if (action.haltsPlan || action.aside) return null
  return `“${planTitle(plan)}” is under way${plan.otherTab ? ' in another tab' : ''}. Stop that first.`
}
