import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { simpleActions, type SimpleActionName } from '../../actions/index.ts'
import { REF } from '../../api/testing/machines.ts'
import { cancelSignInAgain, currentSession, signIn, signOut } from '../../session/session.ts'
import { setReadOnly } from '../read-only.ts'
import { operations, runningOn } from '../store.ts'
import { DEMO } from '../testing/machine-at-bigv.ts'
import { startWatch } from '../watch-rounds.ts'
import { findBatch, hasFailed, tally, tallySentence, type Batch } from './batch.ts'
import { onBatchEnd } from './bulk.ts'
import {
  answerAll,
  beginBatch,
  pauseBatch,
  questionsOf,
  resumeBatch,
  retryFailed,
  setAtOnce,
  stopBatch,
  stopWatchingOverdue,
  type Pace,
} from './control.ts'
import { fetchCandidates } from './fetch-machines.ts'
import { forecast, type Candidate } from './forecast.ts'
import { candidates, fleet, passUntil, type Fate, type Fleet } from './testing/fleet.ts'

const OFF = { power_on: false, autoreboot_on: false }
const off = (count: number) => Array.from({ length: count }, () => OFF)
const running = (count: number) => Array.from({ length: count }, () => ({}))

startWatch()
let world: Fleet
afterEach(async () => {
  setReadOnly(false)
  if (vi.isFakeTimers()) await world.close()
})

const path = (group: string) => `/accounts/${REF.account}/groups/${group}/virtual_machines`
const again = () => signIn({ ...DEMO, password: 'new' }, false)
const settled = ({ endedAt }: Batch) => endedAt !== null
const results = ({ items }: Batch) => items.map(({ result }) => result)
const forecastNow = (action: SimpleActionName, chosen: readonly Candidate[] = candidates(world)) =>
  forecast(simpleActions[action], chosen, (id) => runningOn(operations(), id), Date.now())
const begin = (action: SimpleActionName, pace: Partial<Pace> = {}) =>
  beginBatch(simpleActions[action], forecastNow(action), { rolling: false, atOnce: 4, ...pace })

async function retry(key: string, action: SimpleActionName, atOnce = 4): Promise<void> {
  const failed = (findBatch(key)?.items ?? []).filter(hasFailed)
  const read = fetchCandidates(failed)
  await vi.advanceTimersByTimeAsync(1_000)
  retryFailed(key, forecastNow(action, await read), { rolling: false, atOnce })
}

describe('a batch', () => {
  test('acts on every machine once, no more at once than it may, and reads one list for many', async () => {
    world = fleet([...off(30), {}])
    const over: string[] = []
    const end = onBatchEnd((batch) => over.push(batch.key))
    const key = begin('start')
    const batch = await passUntil(key, settled)
    await vi.advanceTimersByTimeAsync(10_000)
    end()
    expect(results(batch)).toEqual([...off(30).map(() => 'done'), 'skipped'])
    expect(tallySentence(tally(batch.items))).toBe('30 of 30: 30 done')
    expect(batch.items[30]).toMatchObject({ note: 'It already runs.', attempts: 0, steps: [] })
    expect(world.writes.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(off(30).map((_, at) => at + 1))
    expect(world.writes[0]).toMatchObject({ method: 'PUT', body: { autoreboot_on: true, power_on: true } })
    expect(world.mostRunning).toBe(4)
    // The last five are fetched one by one.
    expect(world.reads.filter((read) => read.endsWith('virtual_machines'))).toHaveLength(1)
    expect(over).toEqual([key])
  })

  test('over two groups reads each group’s list, and acts on each machine in its own', async () => {
    world = fleet(off(16))
    for (let id = 2; id <= 16; id += 2) world.groups.set(id, 'staging')
    const batch = await passUntil(begin('start', { atOnce: 2 }), settled)
    expect(results(batch)).toEqual(off(16).map(() => 'done'))
    expect(world.writes.map((write) => write.path)).toEqual(
      off(16).map((_, at) => `${path(at % 2 === 0 ? REF.group : 'staging')}/${at + 1}`),
    )
    expect(world.reads.filter((read) => read.endsWith('virtual_machines')).toSorted()).toEqual(
      [path(REF.group), path('staging')].toSorted(),
    )
  })

  test.each([
    ['slow, a list at the start, and then each alone', 5_500, 1],
    ['quick, a list for all of five seconds', 400, 3],
  ] as const)('reads as little as it can where BigV is %s', async (_, writeMs, lists) => {
    world = fleet(off(60))
    world.writeMs = writeMs
    const batch = await passUntil(begin('start', { atOnce: 2 }), settled)
    expect(tally(batch.items).done).toBe(60)
    const listed = world.reads.filter((read) => read.endsWith('virtual_machines')).length
    expect(listed).toBe(lists)
    expect(world.reads.length - listed).toBeLessThanOrEqual(60)
    // Whatever was read: never more than five seconds, and its own answer, before the write.
    expect(world.writes).toHaveLength(60)
  })

  test('keeps what was sent for each machine, though the operations are forgotten', async () => {
    world = fleet(off(300))
    const batch = await passUntil(begin('start', { atOnce: 50 }), settled)
    expect(operations().length).toBeLessThanOrEqual(150)
    for (const { steps, result } of batch.items) {
      expect(result).toBe('done')
      expect(steps.map(({ method, trace }) => [method, trace?.status])).toEqual([['PUT', 200]])
    }
  })

  test('changes how many run at once', async () => {
    world = fleet(off(80))
    const key = begin('start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(world.mostRunning).toBe(1)
    setAtOnce(key, 10)
    await vi.advanceTimersByTimeAsync(200)
    expect(world.mostRunning).toBe(10)
    setAtOnce(key, 2)
    await vi.advanceTimersByTimeAsync(200)
    world.mostRunning = 0
    await passUntil(key, settled)
    expect(world.mostRunning).toBe(2)
  })

  test('counts a machine as running until it is seen to be done', async () => {
    world = fleet(running(12))
    const key = begin('shut_down', { atOnce: 3 })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(tally(findBatch(key)?.items ?? [])).toMatchObject({ running: 3, queued: 9 })
    expect(new Set(world.writes.map(({ id }) => id)).size).toBe(3)
    const batch = await passUntil(key, settled)
    expect(results(batch)).toEqual(running(12).map(() => 'done'))
    expect(batch.items[0]?.autoreboot).toEqual({ before: true, after: false })
  })

  test('is not held up by what is overdue, and says of it whatever comes in the end', async () => {
    world = fleet(running(6))
    world.fates.set(1, ['ok', 'ignored'])
    world.fates.set(2, ['ok', 'ignored'])
    const key = begin('shut_down', { atOnce: 2 })
    const batch = await passUntil(key, settled)
    expect(tallySentence(tally(batch.items))).toBe('4 of 6: 4 done, 2 overdue')
    expect(batch.state).toBe('over')
    world.machines.set(1, { ...world.machines.get(1)!, power_on: false })
    await passUntil(key, ({ items }) => items[0]?.result === 'done')
    stopWatchingOverdue(key)
    expect(findBatch(key)?.items[1]?.result).toBe('no longer watching')
  })

  test.each([
    [400, 'refused', /^BigV refused \(400\)\. It said: no/],
    [403, 'refused', /^You may not do this/],
    [404, 'refused', /^BigV has nothing there/],
    [409, 'refused', /^BigV refused \(409\)/],
    [500, 'unclear', /^BigV failed \(500\).*Whether BigV did it is not known.*Read again/],
    [503, 'unclear', /^BigV is out of service/],
    ['cut before', 'unclear', /it shows: Stopped, autoreboot_on no\.$/],
    ['cut after', 'unclear', /it shows: Running, autoreboot_on yes\.$/],
  ] as const)('says of a machine whose write is %s that it is %s', async (fate, result, note) => {
    world = fleet(off(7))
    world.fates.set(3, [fate])
    const batch = await passUntil(begin('start'), settled)
    expect(results(batch).map((each) => each === 'done')).toEqual([true, true, false, true, true, true, true])
    expect(batch.items[2]).toMatchObject({ result, note: expect.stringMatching(note), attempts: 1 })
    expect(world.writes).toHaveLength(7)
  })

  test('is paused where BigV asks to slow down', async () => {
    world = fleet(off(20))
    world.fates.set(1, [429])
    const key = begin('start', { atOnce: 1 })
    const batch = await passUntil(key, ({ state }) => state === 'paused')
    expect(batch.why).toBe('BigV asks to slow down. Go on later, with fewer at once.')
    expect(world.writes).toHaveLength(1)
    resumeBatch(key)
    expect(tally((await passUntil(key, settled)).items)).toMatchObject({ done: 19, failed: 1 })
  })

  test.each([
    [500, /^Several in a row .* nothing more begins\. The last was web5: BigV failed \(500\)/],
    ['cut before', /The last was web5: .*Whether BigV did it is not known/],
    [403, /The last was web5: You may not do this/],
  ] as const)('is paused where five in a row are %s; what is running ends', async (fate, why) => {
    world = fleet(off(20))
    for (let id = 1; id <= 8; id++) world.fates.set(id, [fate])
    const key = begin('start', { atOnce: 2 })
    const batch = await passUntil(key, ({ state }) => state === 'paused')
    expect(batch.why).toMatch(why)
    await vi.advanceTimersByTimeAsync(60_000)
    const sent = world.writes.length
    expect([5, 6]).toContain(sent)
    expect(tally(findBatch(key)!.items)).toMatchObject({
      done: 0,
      failed: sent,
      running: 0,
      queued: 20 - sent,
    })
    resumeBatch(key)
    expect(tally((await passUntil(key, settled)).items)).toMatchObject({ done: 12, failed: 8 })
  })

  test.each([
    ['one of them goes well', [500, 500, 500, 500, 'ok', 500, 500]],
    ['they fail for different reasons', [500, 503, 500, 503, 500, 503, 500]],
    ['it is the machines that are refused', [400, 400, 400, 409, 409, 409, 409, 409]],
  ] as const)('is not paused where %s', async (_, fates) => {
    world = fleet(off(12))
    fates.forEach((fate, at) => world.fates.set(at + 1, [fate]))
    const batch = await passUntil(begin('start', { atOnce: 1 }), ({ state }) => state !== 'running')
    expect(batch.state).toBe('over')
    expect(tally(batch.items).failed).toBe(fates.filter((fate) => fate !== 'ok').length)
  })

  test('sends nothing to a machine that reads otherwise at its turn, is gone, or is busy', async () => {
    world = fleet(off(12))
    const key = begin('start', { atOnce: 1 })
    world.writeMs = 6_000
    await vi.advanceTimersByTimeAsync(1_000)
    world.machines.set(3, { ...world.machines.get(3)!, power_on: true })
    world.machines.set(4, { ...world.machines.get(4)!, autoreboot_on: true })
    world.machines.set(5, { ...world.machines.get(5)!, name: 'db' })
    world.machines.set(6, { ...world.machines.get(6)!, deleted: true })
    world.machines.delete(7)
    world.machines.delete(10)
    const batch = await passUntil(key, settled)
    expect(batch.items.map(({ result, note }) => [result, note])).toEqual([
      ['done', ''],
      ['done', ''],
      ['not sent', 'It is running already.'],
      ['not sent', 'It has changed since you confirmed: Restarting, autoreboot_on yes.'],
      ['not sent', 'It has changed since you confirmed: Stopped, autoreboot_on no. It is called db now.'],
      ['not sent', 'It is deleted. Restore it first.'],
      ['not sent', 'BigV no longer shows it: it is gone, or not yours to see.'],
      ['done', ''],
      ['done', ''],
      ['not sent', 'BigV no longer shows it: it is gone, or not yours to see.'],
      ['done', ''],
      ['done', ''],
    ])
    expect(world.writes.map(({ id }) => id)).toEqual([1, 2, 8, 9, 11, 12])
  })
})

describe('a batch that cannot read', () => {
  test('tries again, and continues', async () => {
    world = fleet(off(10))
    world.readFates = [0, 503]
    const batch = await passUntil(begin('start'), settled)
    expect(tally(batch.items).done).toBe(10)
    expect(world.writes).toHaveLength(10)
  })

  test('is paused after three times, says why, and has sent nothing', async () => {
    world = fleet(off(10))
    world.readFates = [0, 503, 503]
    const key = begin('start')
    const batch = await passUntil(key, ({ state }) => state === 'paused')
    expect(batch.why).toBe('The machines could not be read, so nothing more is sent. BigV is out of service.')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(world.writes).toEqual([])
    resumeBatch(key)
    expect(tally((await passUntil(key, settled)).items).done).toBe(10)
  })

  test('also if machines are fetched one by one', async () => {
    world = fleet(off(2))
    world.readFates = [503, 503, 503]
    const batch = await passUntil(begin('start', { atOnce: 1 }), ({ state }) => state === 'paused')
    expect(batch.items.map(({ phase, attempts }) => [phase, attempts])).toEqual([
      ['queued', 0],
      ['queued', 0],
    ])
    expect(world.writes).toEqual([])
  })

  test('reads again after the computer slept, before anything is sent', async () => {
    world = fleet(off(12))
    world.writeMs = 1_000
    begin('start', { atOnce: 2 })
    await vi.advanceTimersByTimeAsync(1_500)
    const before = world.reads.length
    vi.setSystemTime(Date.now() + 3_600_000)
    await vi.advanceTimersByTimeAsync(1_000)
    // Two, each alone: so few do not make the list worth it.
    expect(world.reads.slice(before).map((read) => read.split('/').at(-1))).toEqual(['5', '6'])
    await vi.waitFor(() =>
      expect(world.writes.filter(({ at }) => at > 1_003_000_000).length).toBeGreaterThan(0),
    )
  })
})

describe('a batch in the user’s hands', () => {
  test('begins nothing more while it is paused, and goes on from there', async () => {
    world = fleet(off(20))
    const key = begin('start', { atOnce: 2 })
    await vi.advanceTimersByTimeAsync(150)
    pauseBatch(key)
    const sent = world.writes.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(world.writes).toHaveLength(sent)
    expect(tally(findBatch(key)?.items ?? [])).toMatchObject({ running: 0, done: sent })
    expect(findBatch(key)).toMatchObject({ state: 'paused', why: '' })
    resumeBatch(key)
    expect(tally((await passUntil(key, settled)).items).done).toBe(20)
    expect(world.writes).toHaveLength(20)
  })

  test('paused while the list is fetched, sends nothing', async () => {
    world = fleet(off(20))
    const key = begin('start')
    await vi.advanceTimersByTimeAsync(5)
    pauseBatch(key)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(world.writes).toEqual([])
  })

  test('stopped, leaves the rest not begun, and can still be gone on with', async () => {
    world = fleet(off(20))
    const key = begin('start', { atOnce: 2 })
    await vi.advanceTimersByTimeAsync(150)
    stopBatch(key)
    const batch = await passUntil(key, settled)
    const { done, queued } = tally(batch.items)
    expect([batch.state, done + queued, done]).toEqual(['stopped', 20, world.writes.length])
    resumeBatch(key)
    expect(tally((await passUntil(key, ({ state }) => state === 'over')).items).done).toBe(20)
  })

  test('tries the failed ones again, and no others', async () => {
    world = fleet(off(9))
    world.fates.set(2, [400])
    world.fates.set(5, ['cut before'])
    const key = begin('start')
    await passUntil(key, settled)
    world.writes = []
    await retry(key, 'start')
    const batch = await passUntil(key, settled)
    expect(results(batch)).toEqual(off(9).map(() => 'done'))
    expect(world.writes.map(({ id }) => id)).toEqual([2, 5])
    expect(batch.items[1]).toMatchObject({ attempts: 2 })
    expect(batch.items[1]?.steps.map(({ trace }) => trace?.status)).toEqual([400, 200])
  })

  test('reads first, and does not send again what was done after all', async () => {
    world = fleet(off(7))
    world.fates.set(4, ['cut after'])
    world.fates.set(5, [400])
    const key = begin('start')
    await passUntil(key, settled)
    world.writes = []
    world.machines.set(5, { ...world.machines.get(5)!, power_on: true, autoreboot_on: true })
    await retry(key, 'start')
    const batch = await passUntil(key, settled)
    expect(world.writes).toEqual([])
    expect(batch.items[3]).toMatchObject({
      result: 'done',
      note: expect.stringMatching(/^It was sent, and no answer came\. Read again at .* it shows: Running/),
    })
    expect(batch.items[4]).toMatchObject({
      result: 'refused',
      note: expect.stringMatching(/It already runs, so it was not sent again\.$/),
    })
  })

  test('rests while “Look only” is on', async () => {
    world = fleet(off(10))
    setReadOnly(true)
    const key = begin('start')
    await vi.advanceTimersByTimeAsync(10_000)
    expect([world.writes, world.reads]).toEqual([[], []])
    setReadOnly(false)
    expect(tally((await passUntil(key, settled)).items).done).toBe(10)
  })

  test('rests while the browser is offline', async () => {
    world = fleet(off(10))
    vi.stubGlobal('navigator', { onLine: false })
    const key = begin('start')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(world.writes).toEqual([])
    vi.stubGlobal('navigator', { onLine: true })
    expect(tally((await passUntil(key, settled)).items).done).toBe(10)
  })
})

describe('a 401 in the middle', () => {
  test('of a write: begins nothing more, and goes on when the user is back; what was refused is sent once more', async () => {
    world = fleet(off(20))
    world.fates.set(3, [401])
    const key = begin('start', { atOnce: 2 })
    await vi.advanceTimersByTimeAsync(30_000)
    expect(currentSession().expired).toBe(true)
    expect(tally(findBatch(key)?.items ?? [])).toMatchObject({ done: 3, running: 1, queued: 16 })
    again()
    const batch = await passUntil(key, settled)
    expect(results(batch)).toEqual(off(20).map(() => 'done'))
    expect(world.writes.filter(({ id }) => id === 3).map(({ applied }) => applied)).toEqual([false, true])
    expect(world.writes).toHaveLength(21)
  })

  test('of a fetch: queues the machine again, and counts no failure', async () => {
    world = fleet(off(10))
    world.readFates = [401]
    const key = begin('start')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(world.writes).toEqual([])
    again()
    expect(tally((await passUntil(key, settled)).items).done).toBe(10)
  })

  test('of a fetch of a single machine', async () => {
    world = fleet(off(2))
    world.readFates = [401]
    const key = begin('start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(5_000)
    again()
    expect((await passUntil(key, settled)).items.map(({ result, attempts }) => [result, attempts])).toEqual([
      ['done', 1],
      ['done', 1],
    ])
  })

  test('declined: what was refused was not sent again; the rest waits until the user is back', async () => {
    world = fleet(off(10))
    world.fates.set(1, [401])
    const key = begin('start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(5_000)
    cancelSignInAgain()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(findBatch(key)?.items[0]).toMatchObject({
      result: 'refused',
      note: expect.stringMatching(/^BigV does not take these credentials\..* It was not sent again\.$/),
    })
    expect(world.writes).toHaveLength(1)
    again()
    expect(tally((await passUntil(key, settled)).items)).toMatchObject({ done: 9, failed: 1 })
  })

  test('that took longer than a minute asks once for all that were refused', async () => {
    world = fleet(off(8))
    world.fates.set(1, [401])
    world.fates.set(2, [401])
    const key = begin('start', { atOnce: 2 })
    await vi.advanceTimersByTimeAsync(61_000)
    again()
    await vi.advanceTimersByTimeAsync(1_000)
    const questions = questionsOf(findBatch(key)!)
    expect(questions).toEqual([
      {
        note: 'More than a minute has passed. Send it all the same?',
        keys: [expect.any(String), expect.any(String)],
      },
    ])
    answerAll(questions[0]!.keys, true)
    expect(tally((await passUntil(key, settled)).items).done).toBe(8)
  })

  test('and somebody else signs in: nothing more is sent', async () => {
    world = fleet(off(10))
    world.fates.set(1, [401])
    begin('start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(2_000)
    signIn({ ...DEMO, username: 'colleague' }, false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(world.writes).toHaveLength(1)
  })

  test('and the user signs out: nothing more is sent', async () => {
    world = fleet(off(10))
    begin('start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(150)
    const sent = world.writes.length
    signOut()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(world.writes).toHaveLength(sent)
  })
})

describe('a rolling batch', () => {
  test.each(['restart', 'reboot'] as const)(
    'has each machine back on before the next: %s',
    async (action) => {
      world = fleet(running(6))
      const seenOff: number[] = []
      const key = begin(action, { rolling: true, atOnce: 1 })
      for (let ms = 0; ms < 600_000 && findBatch(key)?.endedAt === null; ms += 500) {
        await vi.advanceTimersByTimeAsync(500)
        seenOff.push([...world.machines.values()].filter(({ power_on }) => !power_on).length)
      }
      expect(findBatch(key)?.items.map(({ result }) => result)).toEqual(running(6).map(() => 'done'))
      expect(Math.max(...seenOff)).toBe(1)
    },
  )

  test('stops at the first failure: the others running end, the rest is not begun', async () => {
    world = fleet(running(10))
    world.fates.set(3, [500])
    const key = begin('restart', { rolling: true, atOnce: 2 })
    const batch = await passUntil(key, settled)
    expect(batch).toMatchObject({
      state: 'stopped',
      why: 'Stopped at the first failure, web3: unclear.',
    })
    expect(results(batch).slice(0, 4)).toEqual(['done', 'done', 'unclear', 'done'])
    expect(tally(batch.items).queued).toBe(6)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(new Set(world.writes.map(({ id }) => id))).toEqual(new Set([1, 2, 3, 4]))
    resumeBatch(key)
    expect(tally((await passUntil(key, ({ state }) => state === 'over')).items)).toMatchObject({
      done: 9,
      failed: 1,
    })
  })

  test('stops at one that does not come back in time', async () => {
    world = fleet(running(7))
    world.fates.set(2, ['ignored'])
    const key = begin('restart', { rolling: true, atOnce: 1 })
    const batch = await passUntil(key, settled)
    expect(batch.why).toBe('Stopped at the first failure, web2: overdue. It is still watched.')
    expect(tally(batch.items)).toMatchObject({ done: 1, overdue: 1, queued: 5 })
  })
})

test('two batches go beside each other, each with its own machines', async () => {
  world = fleet([...off(8), ...running(8)])
  const start = begin('start', { atOnce: 3 })
  const stop = begin('stop', { atOnce: 3 })
  const [started, stopped] = [await passUntil(start, settled), await passUntil(stop, settled)]
  expect([tally(started.items).done, tally(stopped.items).done]).toEqual([8, 8])
  expect(world.writes).toHaveLength(16)
})

test('whatever happens, every machine has one result, one write at most for each attempt, and never too many at once', async () => {
  const fates: Fate[] = ['ok', 'ok', 'ok', 'ignored', 'cut before', 'cut after', 400, 403, 429, 500, 503]
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...fates), fc.boolean()), { minLength: 1, maxLength: 25 }),
      fc.array(fc.constantFrom(0, 503), { maxLength: 4 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom('start', 'stop', 'delete', 'reset' as const),
      fc.array(fc.constantFrom('pause', 'go on', 'stop', 'retry'), { maxLength: 6 }),
      async (machines, readFates, atOnce, action, acts) => {
        world = fleet(machines.map(([, on]) => (on ? {} : OFF)))
        // A reset that BigV takes and ignores cannot be told from one that it does.
        const fateOf = (fate: Fate) => (fate === 'ignored' && action === 'reset' ? 'ok' : fate)
        machines.forEach(([fate], at) => world.fates.set(at + 1, [fateOf(fate)]))
        world.readFates = [...readFates]
        const key = begin(action, { atOnce })
        for (const act of acts) {
          await vi.advanceTimersByTimeAsync(150)
          if (act === 'pause') pauseBatch(key)
          else if (act === 'stop') stopBatch(key)
          else if (act === 'go on') resumeBatch(key)
          else if (findBatch(key)?.endedAt !== null) await retry(key, action, atOnce).catch(() => {})
        }
        for (let tries = 0; findBatch(key)?.state !== 'over' && tries < 50; tries++) {
          await vi.advanceTimersByTimeAsync(20_000)
          resumeBatch(key)
        }
        const batch = findBatch(key)!
        expect(batch.state).toBe('over')
        expect(world.mostRunning).toBeLessThanOrEqual(atOnce)
        for (const item of batch.items) {
          const sent = world.writes.filter(({ id }) => id === item.id)
          expect(item.phase === 'ended' || item.overdue).toBe(true)
          expect(sent.length).toBeLessThanOrEqual(item.attempts)
          expect(item.steps.length).toBe(item.overdue ? 0 : sent.length)
          const applied = sent.filter((write) => write.applied).length
          // Whether a reset without an answer was done is unknown: a retry may reset it again, as the dialog says.
          const twice = action === 'reset' && acts.includes('retry')
          if (item.result === 'done') expect(applied).toBe(twice ? Math.max(applied, 1) : 1)
          if (['refused', 'not sent', 'skipped'].includes(item.result ?? '')) expect(applied).toBe(0)
        }
        await world.close()
      },
    ),
    { numRuns: 30 },
  )
}, 60_000)
