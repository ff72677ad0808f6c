import { ApiError, isTransient } from '../../api/errors.ts'
import { isNotFound } from '../../api/query-client.ts'
import { fetchMachine, type MachineData } from '../../api/virtual-machines.ts'
import { currentSession, signedInAgain } from '../../session/session.ts'
import { showMachine } from '../machine-cache.ts'
import { ASK_AFTER_MS } from '../sign-in-again.ts'
import { AGAIN_MS, pause } from './pause.ts'
import type { Plan } from './plan.ts'
import { haltPlan, runningPlan, updatePlan } from './store.ts'

const TRIES = 5

/**
 * Reads the machine of a plan. Where the reading fails in a way that may pass it is repeated, at most five times; where BigV no
 * longer takes the credentials it waits until the user has signed in again. Returns null when it has halted the plan instead.
 */
export async function fetchForPlan({ key, target, movesTo }: Plan): Promise<MachineData | null> {
  let at = target
  for (let tries = 1; runningPlan(key) !== undefined; tries++) {
    try {
      const machine = await fetchMachine(at, at.id)
      showMachine(at, machine)
      if (at !== target) updatePlan(key, { target: at })
      return machine
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 401) {
        if (!(await signedIn(key))) return null
      } else if (isNotFound(error) && movesTo !== null && at.group !== movesTo) {
        // A move that was not answered may have been done.
        at = { ...target, group: movesTo }
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
