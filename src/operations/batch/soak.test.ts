import { expect, test, vi } from 'vitest'
import { start } from '../../actions/power.ts'
import { signIn } from '../../session/session.ts'
import { operations, runningOn } from '../store.ts'
import { DEMO } from '../testing/machine-at-bigv.ts'
import { startWatch } from '../watch-rounds.ts'
import { canRetry, tally } from './batch.ts'
import { beginBatch, pauseBatch, resumeBatch, retryFailed } from './control.ts'
import { fetchCandidates } from './fetch-machines.ts'
import { forecast, type Candidate } from './forecast.ts'
import { off } from './testing/bulk.ts'
import { passUntil, useFleet, type Fate, type Fleet } from './testing/fleet.ts'

const COUNT = 1_000
const FATES: Fate[] = [400, 403, 500, 503, 'cut before', 'cut after']
const PACE = { rolling: false, atOnce: 20 }

startWatch()
const fleet = useFleet()
let world: Fleet

const forecastNow = (chosen: readonly Candidate[]) =>
  forecast(start, chosen, (id) => runningOn(operations(), id), Date.now())

test('a batch reports the real state of 1,000 machines despite failed requests and a 401', async () => {
  world = await fleet(off(COUNT), { startMs: 100 })
  const failing = new Map<number, Fate>()
  for (let no = 7; no <= COUNT; no += 20) failing.set(no, FATES[failing.size % FATES.length] ?? 400)
  for (const [no, fate] of failing) world.fates.set(no, [fate])
  world.fates.set(500, [401])
  const key = beginBatch(start, forecastNow(world.candidates), PACE)
  await vi.advanceTimersByTimeAsync(1_000)
  pauseBatch(key)
  await vi.advanceTimersByTimeAsync(5_000)
  world.readFates = [0, 503]
  resumeBatch(key)
  await vi.advanceTimersByTimeAsync(30_000)
  signIn({ ...DEMO }, false)

  const batch = await passUntil(key, ({ state }) => state === 'over')
  const writes = await world.writes()
  expect(batch.items).toHaveLength(COUNT)
  for (const [at, { result, note, steps, attempts }] of batch.items.entries()) {
    const no = at + 1
    const fate = failing.get(no)
    const sent = writes.filter((write) => write.no === no).length
    expect([no, sent, steps.length, attempts]).toEqual(no === 500 ? [no, 2, 2, 1] : [no, 1, 1, 1])
    const on = (await world.vm(no))?.power_on
    expect([no, on]).toEqual([no, fate === undefined || fate === 'cut after'])
    expect([no, result]).toEqual([
      no,
      fate === undefined ? 'done' : fate === 400 || fate === 403 ? 'refused' : 'unclear',
    ])
    if (result === 'unclear') expect(note).toContain(on ? 'Running' : 'Stopped')
  }
  // All tabs together send at most four writes at a time (src/api/write-places.ts).
  expect(world.mostRunning).toBe(4)

  const fetching = fetchCandidates(batch.items.filter(canRetry))
  await vi.advanceTimersByTimeAsync(1_000)
  retryFailed(key, forecastNow(await fetching), PACE)
  const retriedBatch = await passUntil(key, ({ state }) => state === 'over')
  expect(tally(retriedBatch.items)).toMatchObject({ done: COUNT, failed: 0 })
  const all = await world.writes()
  const retried = all.slice(writes.length).map(({ no }) => no)
  expect(retried).toEqual([...failing].flatMap(([no, fate]) => (fate === 'cut after' ? [] : [no])))
  const applied = all.flatMap((write) => (write.applied ? [write.no] : []))
  expect(applied.toSorted((a, b) => a - b)).toEqual(batch.items.map((_, at) => at + 1))
}, 120_000)
