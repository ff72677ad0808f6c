import type { Operation } from './operation.ts'
import type { Plan } from './plan.ts'
import { useOperations, usePlans } from './store.ts'

/** A running operation, or a running plan with its running operations. */
export type RunningWork = { operation: Operation } | { plan: Plan; operations: readonly Operation[] }

/** True if the plan is running, or is halted while BigV may still do its last request. */
export function isPlanRunning({ phase }: Pick<Plan, 'phase'>, operations: readonly Operation[]): boolean {
  return phase === 'running' || operations.some(isRunning)
}

/** Everything that is running, oldest first. A plan counts once, together with its operations. */
export function runningWork(operations: readonly Operation[], plans: readonly Plan[]): RunningWork[] {
  const known = new Set<string | undefined>(plans.map(({ key }) => key))
  const alone = operations.filter((each) => isRunning(each) && !known.has(each.plan))
  const planned = plans.flatMap((plan) => {
    const own = operations.filter((each) => each.plan === plan.key && isRunning(each))
    return isPlanRunning(plan, own) ? [{ plan, operations: own }] : []
  })
  const begunAt = (work: RunningWork) => ('plan' in work ? work.plan : work.operation).begunAt
  return [...alone.map((operation) => ({ operation })), ...planned].toSorted(
    (a, b) => begunAt(a) - begunAt(b),
  )
}

export function useRunningWork(): RunningWork[] {
  return runningWork(useOperations(), usePlans())
}

/** How many operations and plans are running. Re-renders only when the number changes. */
export function useRunningCount(): number {
  const plans = usePlans()
  return useOperations((all) => runningWork(all, plans).length)
}

function isRunning({ phase }: Operation): boolean {
  return phase !== 'ended'
}
