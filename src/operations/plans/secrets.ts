import { HIDDEN } from '../../api/redact.ts'
import type { Plan } from './plan.ts'
import type { Held } from './store.ts'

/** Whether a patch that is fit to be kept has lost something by that: the user:password of a URL. */
export function isSecret(patch: Readonly<Record<string, unknown>>): boolean {
  return Object.values(patch).some((value) => typeof value === 'string' && value.includes(HIDDEN))
}

/**
 * Takes a plan and what is held for it, and says whether it cannot go on to its end without the user's giving something again:
 * what is secret is not kept over a reload.
 */
export function needsAgain(plan: Plan, held: Held): boolean {
  const left = new Set(plan.steps.filter(({ done }) => !done).map(({ action }) => action))
  if (left.has('reimage')) return held.image === undefined
  return left.has('change') && isSecret(plan.patch) && held.patch === undefined
}
