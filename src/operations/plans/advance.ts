import { bind, type BoundAction } from '../../actions/action.ts'
import { machineActionOf } from '../../actions/index.ts'
import { isDoneBy } from '../../actions/observation.ts'
import { ApiError, isTransient, messageOf, traceLine } from '../../api/errors.ts'
import { pauseAfterFailure } from '../../api/polling.ts'
import { isNotFound } from '../../api/query-client.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { fetchAndShow } from '../machine-cache.ts'
import type { Operation } from '../operation.ts'
import {
  boundActionFor,
  finishPlan,
  haltPlan,
  runningPlan,
  subscribePlans,
  updatePlan,
  updateStep,
} from '../plan-store.ts'
import { actionOf, stepOf, targetAfter, waitsForGuest, type Plan, type PlanStep } from '../plan.ts'
import { beginOperation, type Begun } from '../run.ts'
import { NotSent, TooLate, WAITS_FOR_SIGN_IN, withSession } from '../sign-in-again.ts'
import { inWords, type DecidedOn } from '../state.ts'
import { findOperation, subscribeOperations } from '../store.ts'
import { findingOf } from '../watch.ts'
import { achievedNote, attributesOf, decide } from './decide.ts'
import { AGAIN_MS, pause } from './pause.ts'

const advancing = new Set<string>()

/**
 * Advances a plan, step by step, until it is done or halted. For each step, fetches the machine, begins the step's operation, waits for
 * that operation to end, and ticks the step once a fetch shows it done. Does nothing if the plan is already being advanced.
 */
export function advance(key: string): void {
  if (advancing.has(key)) return
  advancing.add(key)
  void advanceToEnd(key)
    // The dashboard itself has failed, so the current step may or may not be done.
    .catch((error: unknown) => haltPlan(key, `The dashboard itself failed: ${messageOf(error)}`))
    .finally(() => {
      advancing.delete(key)
      // The plan may have been resumed after it was halted.
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

/** Begins the operation of a step, or finds that the step is already done or impossible. */
async function beginStep(plan: Plan, step: PlanStep): Promise<void> {
  const { key } = plan
  const machine = await fetchForPlan(plan)
  if (machine === null || runningPlan(key) === undefined) return
  const move = decide(plan, step, machine, boundActionFor(plan))
  if (move.is === 'done') return tick(plan, step, move.note)
  if (move.is === 'halt') return haltPlan(key, move.note)
  const { name, power_on, autoreboot_on } = machine.vm
  const begun = await begin(plan, move.bound, { name, power_on, autoreboot_on })
  // If the machine has changed or the fetch failed, advanceToEnd begins the step again, which fetches again and halts the plan if
  // necessary.
  if (begun.is === 'fetch failed') await pause(pauseAfterFailure(AGAIN_MS, 0, begun.error))
  if (begun.is === 'refused') haltPlan(key, `${actionOf(plan, step).label}: ${begun.reason}`)
}

function begin({ key, target }: Plan, bound: BoundAction, decidedOn: DecidedOn): Promise<Begun> {
  return beginOperation({ bound, ref: target, id: target.id, name: decidedOn.name, decidedOn, plan: key })
}

/** Waits until the operation or the plan changes. Force stops the machine once the guest has had its time. */
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
  // The machine may have been renamed since the plan began. That doesn't prevent the force stop, which the user chose.
  const machine = await fetchForPlan(now)
  if (machine === null || runningPlan(key) === undefined) return
  const { name } = machine.vm
  const autoreboot_on = operation.autoreboot?.after ?? false
  const begun = await begin(now, bind(force), { name, power_on: true, autoreboot_on })
  // The machine may be off by now, which the watch will see. Otherwise the next attempt may succeed.
  if (begun.is !== 'begun') {
    await pause(begun.is === 'fetch failed' ? pauseAfterFailure(AGAIN_MS, 0, begun.error) : AGAIN_MS)
  }
}

function changed(key: string, { operation: begun }: PlanStep, operation: Operation): Promise<false> {
  return new Promise((resolve) => {
    const compare = () => {
      const plan = runningPlan(key)
      const phase = findOperation(operation.key)?.phase
      const same = plan !== undefined && stepOf(plan)?.operation === begun
      if (same && phase === operation.phase) return
      ends.forEach((end) => end())
      resolve(false)
    }
    const ends = [subscribeOperations(compare), subscribePlans(compare)]
    compare()
  })
}

/**
 * Ticks the step of an operation that has ended, or halts the plan. If BigV didn't answer but the machine shows the result, the step is
 * ticked, too.
 */
async function concludeStep(plan: Plan, step: PlanStep, operation: Operation): Promise<void> {
  const { key } = plan
  const { outcome, note, label } = operation
  if (outcome === 'done' || outcome === null) {
    const contradiction = await contradictionOf(plan, operation)
    if (runningPlan(key) === undefined) return
    if (contradiction === null) {
      const forced = operation.action !== actionOf(plan, step).name
      return tick(plan, step, forced ? `Force stopped. ${note}`.trim() : note)
    }
    updateStep(key, { operation: null, tried: 'superseded' })
    return haltPlan(key, `${label}: superseded. ${contradiction}${lastRequest(operation)}`)
  }
  if (outcome === 'unclear') {
    const machine = await fetchForPlan(plan)
    if (runningPlan(key) === undefined) return
    const achieved = machine && !machine.vm.deleted ? achievedNote(plan, step, machine) : null
    if (achieved !== null) return tick(plan, step, `No answer from BigV. ${achieved}`)
  }
  updateStep(key, { operation: null, tried: outcome })
  const said = outcome === 'unclear' ? 'unclear' : outcome
  haltPlan(key, `${label}: ${said}. ${note}`.trim() + lastRequest(operation))
}

/** The failed request, for the user to copy; empty if the user only stopped watching. */
function lastRequest({ outcome, steps }: Operation): string {
  const { trace } = steps.at(-1) ?? {}
  return trace && outcome !== 'no longer watching' ? ` ${traceLine(trace)}` : ''
}

function tick(plan: Plan, { role }: PlanStep, note: string): void {
  updateStep(plan.key, { done: true, operation: null, tried: null, note })
  if (role === 'action') updatePlan(plan.key, { target: targetAfter(plan) })
}

const TRIES = 5

/**
 * Fetches a plan's machine. Retries up to five times after temporary failures. After a 401, waits until the user has signed in again.
 * Returns null after halting the plan.
 */
async function fetchForPlan(plan: Plan): Promise<MachineData | null> {
  const { key, target } = plan
  const { group } = targetAfter(plan)
  let at = target
  for (let tries = 1; runningPlan(key) !== undefined; tries++) {
    try {
      const machine = await withSession(() => fetchAndShow(at, at.id), {
        onWait: () => updatePlan(key, { note: WAITS_FOR_SIGN_IN }),
      })
      if (runningPlan(key)?.note === WAITS_FOR_SIGN_IN) updatePlan(key, { note: '' })
      if (at !== target) updatePlan(key, { target: at })
      return machine
    } catch (error) {
      if (isNotFound(error) && at.group !== group) {
        // BigV may have carried out a move whose request got no answer.
        at = { ...target, group }
      } else if (error instanceof ApiError && isTransient(error) && tries < TRIES) {
        await pause(pauseAfterFailure(AGAIN_MS, tries - 1, error))
      } else {
        haltPlan(key, fetchFailureReason(error))
        return null
      }
    }
  }
  return null
}

/** Why a plan can't fetch its machine, in a sentence. Rethrows errors unrelated to BigV or the sign-in. */
function fetchFailureReason(error: unknown): string {
  if (error instanceof TooLate) {
    return 'It took more than a minute to sign in again, so the plan sent nothing more.'
  }
  if (error instanceof NotSent || (error instanceof ApiError && error.status === 401)) {
    return 'Sign-in was cancelled. Nothing more was sent.'
  }
  if (error instanceof ApiError) {
    return `Couldn’t load the machine first: ${error.message}`
  }
  throw error
}

/**
 * Fetches the machine again after BigV's answer has ended an operation as done, because BigV may confirm a change that it has dropped.
 * Returns the contradiction; null if there is none, or the fetch fails.
 */
async function contradictionOf(plan: Plan, operation: Operation): Promise<string | null> {
  const action = machineActionOf(operation.action)
  const { evidence, steps } = operation
  // Only the answer to a PUT shows the machine. The other operations end with a fetch anyway.
  if (action === undefined || evidence === null || steps.at(-1)?.method !== 'PUT') return null
  const isMain = operation.action === plan.action
  const { target } = plan
  const after = targetAfter(plan)
  const moved = isMain && after.group !== target.group ? await fetchOrNull(after, target.id) : null
  const machine = moved ?? (await fetchOrNull(target, target.id))
  if (machine === null || machine.vm.deleted) return null
  const { vm, creating } = machine
  const found = findingOf(action, operation, {
    at: Date.now(),
    vm,
    creating,
    other: undefined,
    seen: evidence,
  })
  if (isDoneBy(found)) return null
  const differing = (isMain ? attributesOf(plan, vm) : []).filter(({ now, wanted }) => now !== wanted)
  const shows =
    differing.map(({ name, now }) => `${name} ${JSON.stringify(now)}`).join(', ') || inWords(machine)
  return `BigV reported success, but the machine shows: ${shows}.`
}

async function fetchOrNull(ref: GroupRef, id: number): Promise<MachineData | null> {
  try {
    return await fetchAndShow(ref, id)
  } catch (error) {
    if (error instanceof ApiError) return null
    throw error
  }
}
