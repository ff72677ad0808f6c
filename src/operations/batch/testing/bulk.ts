import { vi } from 'vitest'
import { simpleActions, type SimpleActionName } from '../../../actions/index.ts'
import { operations, runningOn } from '../../store.ts'
import { canRetry, findBatch, type Batch } from '../batch.ts'
import { beginBatch, retryFailed, type Pace } from '../control.ts'
import { fetchCandidates } from '../fetch-machines.ts'
import { forecast, type Candidate } from '../forecast.ts'
import type { Fleet } from './fleet.ts'

export const OFF = { power_on: false, autoreboot_on: false }
export const off = (count: number) => Array.from({ length: count }, () => OFF)
export const running = (count: number) => Array.from({ length: count }, () => ({}))

export const settled = ({ endedAt }: Batch) => endedAt !== null
export const results = ({ items }: Batch) => items.map(({ result }) => result)

const forecastNow = (action: SimpleActionName, chosen: readonly Candidate[]) =>
  forecast(simpleActions[action], chosen, (id) => runningOn(operations(), id), Date.now())

/** Begins a batch on every machine of the fleet. */
export function begin(world: Fleet, action: SimpleActionName, pace: Partial<Pace> = {}): string {
  const forecasted = forecastNow(action, world.candidates)
  return beginBatch(simpleActions[action], forecasted, { rolling: false, atOnce: 4, ...pace })
}

/** Fetches the failed machines and retries them. */
export async function retry(key: string, action: SimpleActionName, atOnce = 4): Promise<void> {
  const failed = (findBatch(key)?.items ?? []).filter(canRetry)
  const fetching = fetchCandidates(failed)
  await vi.advanceTimersByTimeAsync(1_000)
  retryFailed(key, forecastNow(action, await fetching), { rolling: false, atOnce })
}
