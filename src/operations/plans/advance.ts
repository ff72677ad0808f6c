import { bind, type BoundAction } from '../../actions/action.ts'
import { messageOf, traceLine } from '../../api/errors.ts'
import { beginOperation, type Begun } from '../run.ts'
import type { DecidedOn } from '../state.ts'
import type { Operation } from '../operation.ts'
import { findOperation, subscribeOperations } from '../store.ts'
import { achievedNote, decide } from './decide.ts'
import { contradictionOf, fetchForPlan } from './fetch.ts'
import { AGAIN_MS, pause } from './pause.ts'
import { actionOf, stepOf, targetAfter, waitsForGuest, type Plan, type PlanStep } from './plan.ts'
import {
  boundActionFor,
  finishPlan,
  haltPlan,
  runningPlan,
  subscribePlans,
  updatePlan,
  updateStep,
} from './store.ts'

const advancing = new Set<string>()

/**
 * Advances a plan, step by step, until it is done or halted: fetches the machine, begins the step's operation, waits for its end, and
 * ticks the step when that was seen. Does nothing for a plan that is being advanced already.
 */
export function advance(key: string): void {
  if (advancing.has(key)) return
  advancing.add(key)
  void advanceToEnd(key)
    // A fault of the dashboard: whether what it was doing is done is not known.
    .catch((error: unknown) => haltPlan(key, `The dashboard failed: ${messageOf(error)}`))
    .finally(() => {
      advancing.delete(key)
      // It may have been resumed since it was halted.
      if (runningPlan(key) !== undefined) advance(key)
    })
}

async function advanceToEnd(key: string): Promise<void> {
  for (let plan = runningPlan(key); plan !== undefined; plan = runningPlan(key)) {
    const step = stepOf(plan)
    if (step === undefined) {
      finishPlan(key)
      return
    }
    const operation = step.operation === null ? undefined : findOperation(step.operation)
    if (operation === undefined) await beginStep(plan, step)
    else if (operation.phase === 'ended') await concludeStep(plan, step, operation)
    else await waitForStep(plan, step, operation)
  }
}

/** Begins the operation of a step, or finds that it is done already, or that it cannot be done. */
async function beginStep(plan: Plan, step: PlanStep): Promise<void> {
  const { key } = plan
  const machine = await fetchForPlan(plan)
  if (machine === null || runningPlan(key) === undefined) return
  const move = decide(plan, step, machine, boundActionFor(plan))
  if (move.is === 'done') return tick(plan, step, move.note)
  if (move.is === 'halt') return haltPlan(key, move.note)
  const { name, power_on, autoreboot_on } = machine.vm
  const begun = await begin(plan, move.bound, { name, power_on, autoreboot_on })
  // Changed since, or not to be fetched just then: the next round fetches it anew, and halts if it must.
  if (begun.is === 'unread') await pause(AGAIN_MS)
  if (begun.is === 'refused') haltPlan(key, `${actionOf(plan, step).label}: ${begun.reason}`)
}

function begin({ key, target }: Plan, bound: BoundAction, decidedOn: DecidedOn): Promise<Begun> {
  return beginOperation({ bound, ref: target, id: target.id, name: decidedOn.name, decidedOn, plan: key })
}

/** Waits until something happens to the operation or the plan. Stops the machine by force once the guest has had its time. */
async function waitForStep(plan: Plan, step: PlanStep, operation: Operation): Promise<void> {
  const { key, forceAfter } = plan
  const force = waitsForGuest(operation)?.ifIgnored?.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeIsUp = new Promise<boolean>((resolve) => {
    if (force === undefined || forceAfter === null || operation.evidence === null) return
    const left = operation.evidence.answeredAt + forceAfter - Date.now()
    timer = setTimeout(() => resolve(true), Math.max(0, left))
  })
  const isLate = await Promise.race([timeIsUp, changed(key, step, operation)])
  clearTimeout(timer)
  const now = runningPlan(key)
  if (!isLate || force === undefined || now === undefined) return
  const { name } = now.target
  const autoreboot_on = operation.autoreboot?.after ?? false
  const begun = await begin(now, bind(force), { name, power_on: true, autoreboot_on })
  // It may be off by now, which the watch will see; or the next attempt may go through.
  if (begun.is !== 'begun') await pause(AGAIN_MS)
}

function changed(key: string, { operation: begun }: PlanStep, operation: Operation): Promise<false> {
  return new Promise((resolve) => {
    const look = () => {
      const plan = runningPlan(key)
      const phase = findOperation(operation.key)?.phase
      const same = plan !== undefined && stepOf(plan)?.operation === begun
      if (same && phase === operation.phase) return
      ends.forEach((end) => end())
      resolve(false)
    }
    const ends = [subscribeOperations(look), subscribePlans(look)]
    look()
  })
}

/** The operation of a step has ended: ticks the step, or halts. A missing answer is no failure where the machine shows that it was done. */
async function concludeStep(plan: Plan, step: PlanStep, operation: Operation): Promise<void> {
  const { key } = plan
  const { outcome, note, label } = operation
  if (outcome === 'done' || outcome === null) {
    const contradiction = await contradictionOf(plan, operation)
    if (runningPlan(key) === undefined) return
    if (contradiction === null) {
      const forced = operation.action !== actionOf(plan, step).name
      return tick(plan, step, forced ? `The plug was pulled. ${note}`.trim() : note)
    }
    updateStep(key, { operation: null, tried: 'superseded' })
    return haltPlan(key, `${label}: superseded. ${contradiction}${lastRequest(operation)}`)
  }
  if (outcome === 'unclear') {
    const machine = await fetchForPlan(plan)
    if (runningPlan(key) === undefined) return
    const achieved = machine && !machine.vm.deleted ? achievedNote(plan, step, machine) : null
    if (achieved !== null) return tick(plan, step, `No answer came. ${achieved}`)
  }
  updateStep(key, { operation: null, tried: outcome })
  const said = outcome === 'unclear' ? 'not known whether it was done' : outcome
  haltPlan(key, `${label}: ${said}. ${note}`.trim() + lastRequest(operation))
}

/** The request that did not get through, to copy; none where the user has only stopped watching. */
function lastRequest({ outcome, steps }: Operation): string {
  const { trace } = steps.at(-1) ?? {}
  return trace && outcome !== 'no longer watching' ? ` ${traceLine(trace)}` : ''
}

function tick(plan: Plan, { role }: PlanStep, note: string): void {
  updateStep(plan.key, { done: true, operation: null, tried: null, note })
  if (role === 'action') updatePlan(plan.key, { target: targetAfter(plan) })
}
