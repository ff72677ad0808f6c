import { change } from '../../actions/lifecycle.ts'
import { stop } from '../../actions/power.ts'
import { messageOf, traceLine } from '../../api/errors.ts'
import { beginOperation } from '../run.ts'
import type { Operation } from '../operation.ts'
import { findOperation, subscribeOperations } from '../store.ts'
import { actions } from '../../actions/index.ts'
import { decide, isThere } from './decide.ts'
import { pullThePlug, untilForced } from './force.ts'
import { AGAIN_MS, pause } from './pause.ts'
import { stepOf, type Plan, type PlanStep } from './plan.ts'
import { fetchForPlan } from './read.ts'
import { readsOtherwise } from './verify.ts'
import {
  finishPlan,
  haltPlan,
  heldFor,
  runningPlan,
  subscribePlans,
  updatePlan,
  updateStep,
} from './store.ts'

const advancing = new Set<string>()

/**
 * Takes a plan forward, step by step, until it is done or halted: reads the machine, begins the step's operation, waits for its
 * end, and ticks the step when that was seen. Does nothing where the plan is driven already.
 */
export function advance(key: string): void {
  if (advancing.has(key)) return
  advancing.add(key)
  void forward(key)
    // Not of BigV's doing; what it was at is not known to be done.
    .catch((error: unknown) => haltPlan(key, `The dashboard failed: ${messageOf(error)}`))
    .finally(() => {
      advancing.delete(key)
      // Resumed between its being halted and this: it goes on.
      if (runningPlan(key) !== undefined) advance(key)
    })
}

async function forward(key: string): Promise<void> {
  for (let plan = runningPlan(key); plan !== undefined; plan = runningPlan(key)) {
    const step = stepOf(plan)
    if (step === undefined) {
      finishPlan(key)
      return
    }
    const operation = step.operation === null ? undefined : findOperation(step.operation)
    if (operation === undefined) await take(plan, step)
    else if (operation.phase === 'ended') await conclude(plan, step, operation)
    else await progress(plan, step, operation)
  }
}

/** Begins the operation of a step, or sees that there is no need, or no ground, for it. */
async function take(plan: Plan, step: PlanStep): Promise<void> {
  const { key } = plan
  const machine = await fetchForPlan(plan)
  if (machine === null || runningPlan(key) === undefined) return
  const move = decide(plan, step, machine, heldFor(key))
  if (move.is === 'done') return tick(plan, move.note)
  if (move.is === 'halt') return haltPlan(key, move.note)
  const { id, name, power_on, autoreboot_on } = machine.vm
  const begun = await beginOperation({
    bound: move.bound,
    ref: plan.target,
    id,
    name,
    decidedOn: { name, power_on, autoreboot_on },
    plan: key,
  })
  // Changed since, or not to be read just then: the next round reads it anew, and says so if it must.
  if (begun.is === 'unread') await pause(AGAIN_MS)
  if (begun.is === 'refused') haltPlan(key, `${actions[step.action].label}: ${begun.reason}`)
}

/** Waits until something happens to the operation or the plan, or the guest has had its time. */
async function progress({ key, forceAfter }: Plan, step: PlanStep, operation: Operation): Promise<void> {
  const forced = untilForced(operation, forceAfter)
  const happened = await Promise.race([forced.wait, untilChanged(key, step, operation)])
  forced.cancel()
  const plan = runningPlan(key)
  if (happened === 'forced' && plan !== undefined) await pullThePlug(plan, operation)
}

function untilChanged(key: string, { operation: begun }: PlanStep, operation: Operation): Promise<'changed'> {
  return new Promise((resolve) => {
    const look = () => {
      const plan = runningPlan(key)
      const phase = findOperation(operation.key)?.phase
      const same = plan !== undefined && stepOf(plan)?.operation === begun
      if (same && phase === operation.phase) return
      ends.forEach((end) => end())
      resolve('changed')
    }
    const ends = [subscribeOperations(look), subscribePlans(look)]
    look()
  })
}

/** An operation of the plan has ended: ticks its step, or halts. No answer is no failure where the reading shows that it was done. */
async function conclude(plan: Plan, step: PlanStep, operation: Operation): Promise<void> {
  const { key } = plan
  const { outcome, note, action } = operation
  if (outcome === 'done' || outcome === null) {
    const otherwise = await readsOtherwise(plan, operation)
    if (runningPlan(key) === undefined) return
    if (otherwise === null)
      return tick(plan, action === stop.name ? `The plug was pulled. ${note}`.trim() : note)
    updateStep(key, { operation: null, tried: 'superseded' })
    return haltPlan(key, `${actions[action].label}: superseded. ${otherwise}${lastRequest(operation)}`)
  }
  if (outcome === 'unclear') {
    const machine = await fetchForPlan(plan)
    if (runningPlan(key) === undefined) return
    const there = machine && !machine.vm.deleted ? isThere(plan, step.action, machine) : null
    if (there !== null) return tick(plan, `No answer came. ${there}`)
  }
  updateStep(key, { operation: null, tried: outcome })
  const said = outcome === 'unclear' ? 'not known whether it was done' : outcome
  haltPlan(key, `${actions[action].label}: ${said}. ${note}`.trim() + lastRequest(operation))
}

/** The request that did not get through, to copy; none where the user has only stopped watching. */
function lastRequest({ outcome, steps }: Operation): string {
  const { trace } = steps.at(-1) ?? {}
  return trace && outcome !== 'no longer watching' ? ` ${traceLine(trace)}` : ''
}

function tick(plan: Plan, note: string): void {
  const { key, target, patch, movesTo } = plan
  const action = stepOf(plan)?.action
  updateStep(key, { done: true, operation: null, tried: null, note })
  if (action !== change.name) return
  const name = typeof patch['name'] === 'string' ? patch['name'] : target.name
  updatePlan(key, { target: { ...target, name, group: movesTo ?? target.group } })
}
