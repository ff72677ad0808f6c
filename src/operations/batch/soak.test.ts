import { afterEach, expect, test, vi } from 'vitest'
import { start } from '../../actions/power.ts'
import { signIn } from '../../session/session.ts'
import { operations, runningOn } from '../store.ts'
import { DEMO } from '../testing/machine-at-bigv.ts'
import { startWatch } from '../watch-rounds.ts'
import { hasFailed, tally } from './batch.ts'
import { beginBatch, pauseBatch, resumeBatch, retryFailed } from './control.ts'
import { fetchCandidates } from './fetch-machines.ts'
import { forecast, type Candidate } from './forecast.ts'
import { candidates, fleet, passUntil, type Fate, type Fleet } from './testing/fleet.ts'

const COUNT = 1_000
const FATES: Fate[] = [400, 403, 500, 503, 'cut before', 'cut after']
const PACE = { rolling: false, atOnce: 20 }

startWatch()
let world: Fleet
afterEach(() => world.close())

const forecastNow = (chosen: readonly Candidate[]) =>
  forecast(start, chosen, (id) => runningOn(operations(), id), Date.now())

test('a thousand machines, one in twenty failing, fetches cut and a 401: each result is what BigV has', async () => {
  world = fleet(Array.from({ length: COUNT }, () => ({ power_on: false, autoreboot_on: false })))
  const failing = new Map<number, Fate>()
  for (let id = 7; id <= COUNT; id += 20) failing.set(id, FATES[failing.size % FATES.length] ?? 400)
  for (const [id, fate] of failing) world.fates.set(id, [fate])
  world.fates.set(500, [401])
  const key = beginBatch(start, forecastNow(candidates(world)), PACE)
  await vi.advanceTimersByTimeAsync(1_000)
  pauseBatch(key)
  await vi.advanceTimersByTimeAsync(5_000)
  world.readFates = [0, 503]
  resumeBatch(key)
  await vi.advanceTimersByTimeAsync(30_000)
  signIn({ ...DEMO, password: 'new' }, false)

  const batch = await passUntil(key, ({ state }) => state === 'over')
  const sent = (id: number) => world.writes.filter((write) => write.id === id)
  expect(batch.items).toHaveLength(COUNT)
  for (const { id, result, note, steps, attempts } of batch.items) {
    const fate = failing.get(id)
    expect([id, sent(id).length, steps.length, attempts]).toEqual(id === 500 ? [id, 2, 2, 1] : [id, 1, 1, 1])
    const on = world.machines.get(id)?.power_on
    expect([id, on]).toEqual([id, fate === undefined || fate === 'cut after'])
    expect([id, result]).toEqual([
      id,
      fate === undefined ? 'done' : fate === 400 || fate === 403 ? 'refused' : 'unclear',
    ])
    if (result === 'unclear') expect(note).toContain(on ? 'Running' : 'Stopped')
  }
  expect(world.mostRunning).toBe(20)

  const before = world.writes.length
  const read = fetchCandidates(batch.items.filter(hasFailed))
  await vi.advanceTimersByTimeAsync(1_000)
  retryFailed(key, forecastNow(await read), PACE)
  const again = await passUntil(key, ({ state }) => state === 'over')
  expect(tally(again.items)).toMatchObject({ done: COUNT, failed: 0 })
  const retried = world.writes.slice(before).map(({ id }) => id)
  expect(retried).toEqual([...failing].flatMap(([id, fate]) => (fate === 'cut after' ? [] : [id])))
  for (const { id } of batch.items) expect(sent(id).filter(({ applied }) => applied)).toHaveLength(1)
}, 120_000)
