import { machineActionOf } from '../../actions/index.ts'
import { isDoneBy } from '../../actions/helpers.ts'
import { ApiError, isTransient } from '../../api/errors.ts'
import { isNotFound } from '../../api/query-client.ts'
import { fetchMachine, type MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { currentSession, signedInAgain } from '../../session/session.ts'
import { findingOf } from '../check.ts'
import { showMachine } from '../machine-cache.ts'
import type { Operation } from '../operation.ts'
import { ASK_AFTER_MS } from '../sign-in-again.ts'
import { inWords } from '../state.ts'
import { attributesOf } from './decide.ts'
import { AGAIN_MS, pause } from './pause.ts'
import { targetAfter, type Plan } from './plan.ts'
import { haltPlan, runningPlan, updatePlan } from './store.ts'

const TRIES = 5

/**
 * Fetches the machine of a plan. A failure that may pass is tried again, at most five times; after a 401 it waits until the user has
 * signed in again. Returns null when it has halted the plan instead.
 */
export async function fetchForPlan(plan: Plan): Promise<MachineData | null> {
  const { key, target } = plan
  const { group } = targetAfter(plan)
  let at = target
  for (let tries = 1; runningPlan(key) !== undefined; tries++) {
    try {
      const machine = await fetchAndShow(at, at.id)
      if (at !== target) updatePlan(key, { target: at })
      return machine
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 401) {
        if (!(await signedIn(key))) return null
      } else if (isNotFound(error) && at.group !== group) {
        // A move that was not answered may have been done.
        at = { ...target, group }
      } else if (isTransient(error) && tries < TRIES) await pause(AGAIN_MS)
      else {
        haltPlan(key, `The machine has to be read first, and that failed: ${error.message}`)
        return null
      }
    }
  }
  return null
}

/** Waits until the user has signed in again; halts the plan where that took long, or did not come. Returns whether it goes on. */
async function signedIn(key: string): Promise<boolean> {
  const refusedAt = Date.now()
  if (currentSession().expired) {
    updatePlan(key, { note: 'Waits until you have signed in again.' })
    const how = await signedInAgain()
    updatePlan(key, { note: '' })
    if (how !== 'same user') haltPlan(key, 'You have not signed in again. Nothing more was sent.')
  }
  if (Date.now() - refusedAt > ASK_AFTER_MS) {
    haltPlan(key, 'More than a minute has passed before you signed in again. Nothing was sent meanwhile.')
  }
  return runningPlan(key) !== undefined
}

/**
 * Fetches the machine once more after BigV's answer has called an operation done, and says what shows that it is not: BigV may answer
 * as if it had done what it has dropped. Null where nothing shows that, or it cannot be fetched just then.
 */
export async function contradictionOf(plan: Plan, operation: Operation): Promise<string | null> {
  const action = machineActionOf(operation.action)
  const { evidence, steps } = operation
  // Only the answer to a PUT shows the machine; the others end with a fetch anyway.
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
  return `BigV answered as if it were done, but read again it shows: ${shows}.`
}

async function fetchOrNull(ref: GroupRef, id: number): Promise<MachineData | null> {
  try {
    return await fetchAndShow(ref, id)
  } catch (error) {
    if (error instanceof ApiError) return null
    throw error
  }
}

async function fetchAndShow(ref: GroupRef, id: number): Promise<MachineData> {
  const machine = await fetchMachine(ref, id)
  showMachine(ref, machine)
  return machine
}
