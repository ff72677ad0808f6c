import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { REF } from '../../api/testing/machines.ts'
import { setReadOnly } from '../../session/read-only.ts'
import { findOperation, operations } from '../store.ts'
import { startWatch } from '../watch-rounds.ts'
import { findBatch, tally, tallySentence } from './batch.ts'
import { onBatchEnd } from './bulk.ts'
import {
  confirmItemRestart,
  pauseBatch,
  resumeBatch,
  setAtOnce,
  stopBatch,
  stopWatchingOverdue,
} from './control.ts'
import { begin, OFF, off, results, retry, running, settled } from './testing/bulk.ts'
import { passUntil, useFleet, type Fate, type Fleet } from './testing/fleet.ts'

/** A machine that doesn't shut down when its ACPI button is pressed. */
const STUBBORN = { ignores_acpi: true }

const path = (group: string) => `/accounts/${REF.account}/groups/${group}/virtual_machines`

startWatch()
const fleet = useFleet()
let world: Fleet
afterEach(() => setReadOnly(false))

describe('a batch', () => {
  test('acts on each machine once, at most four at a time, and fetches one list for most', async () => {
    world = await fleet([...off(30), {}], { startMs: 100 })
    const ended: string[] = []
    const end = onBatchEnd((batch) => ended.push(batch.key))
    const key = begin(world, 'start')
    const batch = await passUntil(key, settled)
    await vi.advanceTimersByTimeAsync(10_000)
    end()
    expect(results(batch)).toEqual([...off(30).map(() => 'done'), 'skipped'])
    expect(tallySentence(tally(batch.items))).toBe('30 of 30: 30 done')
    expect(batch.items[30]).toMatchObject({ note: 'Already running.', attempts: 0, steps: [] })
    expect((await world.writes()).map(({ no }) => no).toSorted((a, b) => a - b)).toEqual(
      off(30).map((_, at) => at + 1),
    )
    expect((await world.writes())[0]).toMatchObject({
      method: 'PUT',
      body: { autoreboot_on: true, power_on: true },
    })
    expect(world.mostRunning).toBe(4)
    // The last five are fetched one by one.
    expect((await world.reads()).filter((read) => read.endsWith('virtual_machines'))).toHaveLength(1)
    expect(ended).toEqual([key])
  })

  test('fetches the lists of both groups, and sends each request to its machine’s own path', async () => {
    world = await fleet(
      Array.from({ length: 16 }, (_, at) => ({ ...OFF, group: at % 2 === 0 ? REF.group : 'empty' })),
    )
    const batch = await passUntil(begin(world, 'start', { atOnce: 2 }), settled)
    expect(results(batch)).toEqual(off(16).map(() => 'done'))
    expect((await world.writes()).map((write) => write.path)).toEqual(
      world.candidates.map(({ id }, at) => `${path(at % 2 === 0 ? REF.group : 'empty')}/${id}`),
    )
    expect((await world.reads()).filter((read) => read.endsWith('virtual_machines')).toSorted()).toEqual(
      [path(REF.group), path('empty')].toSorted(),
    )
  })

  test.each([
    ['slow: one list, then each machine alone', 5_500, 1],
    ['fast: one list per five seconds', 400, 3],
  ] as const)('fetches as little as possible if BigV is %s', async (_, startMs, lists) => {
    world = await fleet(off(60), { startMs })
    const batch = await passUntil(begin(world, 'start', { atOnce: 2 }), settled)
    expect(tally(batch.items).done).toBe(60)
    const reads = await world.reads()
    const listed = reads.filter((read) => read.endsWith('virtual_machines')).length
    expect(listed).toBe(lists)
    expect(reads.length - listed).toBeLessThanOrEqual(60)
    // The data that a write relies on is at most 5 s old.
    expect(await world.writes()).toHaveLength(60)
  })

  // Twenty seconds weren't enough for 300 machines on a busy computer.
  test(
    'keeps each machine’s requests even if the machine’s operation is no longer stored',
    { timeout: 60_000 },
    async () => {
      world = await fleet(off(300))
      const batch = await passUntil(begin(world, 'start', { atOnce: 50 }), settled)
      expect(operations().length).toBeLessThanOrEqual(150)
      for (const { steps, result } of batch.items) {
        expect(result).toBe('done')
        expect(steps.map(({ method, trace }) => [method, trace?.status])).toEqual([['PUT', 200]])
      }
    },
  )

  test('works on more machines in parallel if the user chooses, but has at most four requests open', async () => {
    world = await fleet(off(80))
    const key = begin(world, 'start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(world.mostRunning).toBe(1)
    setAtOnce(key, 10)
    await vi.advanceTimersByTimeAsync(200)
    expect(findBatch(key)?.items.filter(({ phase }) => phase === 'begun')).toHaveLength(10)
    expect(world.mostRunning).toBe(4)
    setAtOnce(key, 2)
    await passUntil(key, ({ items }) => tally(items).running <= 2)
    world.mostRunning = 0
    await passUntil(key, settled)
    expect(world.mostRunning).toBe(2)
  })

  test('counts a machine as running until a fetch shows that it is done', async () => {
    world = await fleet(running(12))
    const key = begin(world, 'shut_down', { atOnce: 3 })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(tally(findBatch(key)?.items ?? [])).toMatchObject({ running: 3, queued: 9 })
    expect(new Set((await world.writes()).map(({ no }) => no)).size).toBe(3)
    const batch = await passUntil(key, settled)
    expect(results(batch)).toEqual(running(12).map(() => 'done'))
    expect(batch.items[0]?.autoreboot).toEqual({ before: true, after: false })
  })

  test('continues despite overdue machines, and records their results later', async () => {
    world = await fleet([STUBBORN, STUBBORN, ...running(4)])
    const key = begin(world, 'shut_down', { atOnce: 2 })
    const batch = await passUntil(key, settled)
    expect(tallySentence(tally(batch.items))).toBe('4 of 6: 4 done, 2 overdue')
    expect(batch.state).toBe('over')
    await world.set(1, { power_on: false })
    await passUntil(key, ({ items }) => items[0]?.result === 'done')
    stopWatchingOverdue(key)
    expect(findBatch(key)?.items[1]?.result).toBe('no longer watching')
  })

  test('doesn’t pause if restarts aren’t seen within 3 min, and calls them unclear', async () => {
    world = await fleet([...Array.from({ length: 6 }, () => STUBBORN), ...running(2)])
    const key = begin(world, 'restart', { atOnce: 8 })
    const batch = await passUntil(key, ({ items }) => items.every(({ result }) => result !== null))
    expect(results(batch)).toEqual([...Array.from({ length: 6 }, () => 'unclear'), 'done', 'done'])
    expect(batch).toMatchObject({ state: 'over', why: '' })
    expect((batch.endedAt ?? 0) - batch.begunAt).toBeLessThan(190_000)
    const { id = 0, operation } = batch.items[0] ?? {}
    confirmItemRestart(batch.key, id)
    const said = { note: 'You confirmed the restart.' }
    expect(findBatch(batch.key)?.items[0]).toMatchObject({ result: 'done', ...said })
    expect(findOperation(operation ?? '')).toMatchObject({ outcome: 'done', ...said })
  })

  test.each([
    [400, 'refused', /^BigV refused this \(400\): no/],
    [403, 'refused', /^Not allowed \(403\)/],
    [404, 'refused', /^Not found, or you don’t have access/],
    [409, 'refused', /^BigV refused this \(409\)/],
    [500, 'unclear', /^BigV failed \(500\).*BigV may or may not have carried out the request.*Checked at/],
    [503, 'unclear', /^BigV is unavailable \(503\)/],
    ['cut before', 'unclear', /: Stopped, automatic restart off\.$/],
    ['cut after', 'unclear', /: Running, automatic restart on\.$/],
  ] as const)('reports a machine whose request gets “%s” as %s', async (fate, result, note) => {
    world = await fleet(off(7))
    world.fates.set(3, [fate])
    const batch = await passUntil(begin(world, 'start'), settled)
    expect(results(batch).map((each) => each === 'done')).toEqual([true, true, false, true, true, true, true])
    expect(batch.items[2]).toMatchObject({ result, note: expect.stringMatching(note), attempts: 1 })
    expect(await world.writes()).toHaveLength(7)
  })

  test('pauses if BigV answers 429', async () => {
    world = await fleet(off(20))
    world.fates.set(1, [429])
    const key = begin(world, 'start', { atOnce: 1 })
    const batch = await passUntil(key, ({ state }) => state === 'paused')
    expect(batch.why).toBe('Too many requests. Resume later, with fewer in parallel.')
    expect(await world.writes()).toHaveLength(1)
    resumeBatch(key)
    expect(tally((await passUntil(key, settled)).items)).toMatchObject({ done: 19, failed: 1 })
  })

  test.each([
    [
      500,
      'unclear',
      /^Several machines in a row failed in the same way\. The last was web5: BigV failed \(500\)/,
    ],
    ['cut before', 'unclear', /The last was web5: .*BigV may or may not have carried out the request/],
    [403, 'failed', /The last was web5: Not allowed \(403\)/],
  ] as const)(
    'pauses after five failures in a row (%s), and lets running machines finish',
    async (fate, counted, why) => {
      world = await fleet(off(20))
      for (let id = 1; id <= 8; id++) world.fates.set(id, [fate])
      const key = begin(world, 'start', { atOnce: 2 })
      const batch = await passUntil(key, ({ state }) => state === 'paused')
      expect(batch.why).toMatch(why)
      await vi.advanceTimersByTimeAsync(60_000)
      const sent = (await world.writes()).length
      expect([5, 6]).toContain(sent)
      expect(tally(findBatch(key)!.items)).toMatchObject({
        done: 0,
        [counted]: sent,
        running: 0,
        queued: 20 - sent,
      })
      resumeBatch(key)
      expect(tally((await passUntil(key, settled)).items)).toMatchObject({ done: 12, [counted]: 8 })
    },
  )

  test.each([
    ['one of them succeeds', 'unclear', [500, 500, 500, 500, 'ok', 500, 500]],
    ['they fail for different reasons', 'unclear', [500, 503, 500, 503, 500, 503, 500]],
    ['BigV refuses the individual machines', 'failed', [400, 400, 400, 409, 409, 409, 409, 409]],
  ] as const)('doesn’t pause if %s', async (_, counted, fates) => {
    world = await fleet(off(12))
    fates.forEach((fate, at) => world.fates.set(at + 1, [fate]))
    const batch = await passUntil(begin(world, 'start', { atOnce: 1 }), ({ state }) => state !== 'running')
    expect(batch.state).toBe('over')
    expect(tally(batch.items)[counted]).toBe(fates.filter((fate) => fate !== 'ok').length)
  })

  test('sends nothing to a machine that has changed or is gone before its turn', async () => {
    world = await fleet(off(12), { startMs: 6_000 })
    const key = begin(world, 'start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(1_000)
    await world.set(3, { power_on: true })
    await world.set(4, { autoreboot_on: true })
    await world.set(5, { name: 'db' })
    await world.set(6, { deleted: true })
    await world.remove(7)
    await world.remove(10)
    const batch = await passUntil(key, settled)
    expect(batch.items.map(({ result, note }) => [result, note])).toEqual([
      ['done', ''],
      ['done', ''],
      ['not sent', 'Already running.'],
      ['not sent', 'The machine changed after you confirmed: Restarting, automatic restart on.'],
      [
        'not sent',
        'The machine changed after you confirmed: Stopped, automatic restart off. The machine is now called db.',
      ],
      ['not sent', 'Deleted. Undelete it first.'],
      ['not sent', 'The machine was not found, or you don’t have access.'],
      ['done', ''],
      ['done', ''],
      ['not sent', 'The machine was not found, or you don’t have access.'],
      ['done', ''],
      ['done', ''],
    ])
    expect((await world.writes()).map(({ no }) => no)).toEqual([1, 2, 8, 9, 11, 12])
  })
})

describe('a batch whose fetch fails', () => {
  test('retries the fetch, and continues', async () => {
    world = await fleet(off(10))
    world.readFates = [0, 503]
    const batch = await passUntil(begin(world, 'start'), settled)
    expect(tally(batch.items).done).toBe(10)
    expect(await world.writes()).toHaveLength(10)
  })

  test('pauses after three failed fetches, gives the reason, and sends nothing', async () => {
    world = await fleet(off(10))
    world.readFates = [0, 503, 503]
    const key = begin(world, 'start')
    const batch = await passUntil(key, ({ state }) => state === 'paused')
    expect(batch.why).toBe('Couldn’t load the machines, so nothing more is sent. BigV is unavailable (503).')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await world.writes()).toEqual([])
    resumeBatch(key)
    expect(tally((await passUntil(key, settled)).items).done).toBe(10)
  })

  test('pauses after three failures even if it fetches machines one by one', async () => {
    world = await fleet(off(2))
    world.readFates = [503, 503, 503]
    const batch = await passUntil(begin(world, 'start', { atOnce: 1 }), ({ state }) => state === 'paused')
    expect(batch.items.map(({ phase, attempts }) => [phase, attempts])).toEqual([
      ['queued', 0],
      ['queued', 0],
    ])
    expect(await world.writes()).toEqual([])
  })

  test('or whose list is old after sleep fetches again before it sends anything', async () => {
    world = await fleet(off(12), { startMs: 1_000 })
    begin(world, 'start', { atOnce: 2 })
    await vi.advanceTimersByTimeAsync(1_500)
    const before = (await world.reads()).length
    vi.setSystemTime(Date.now() + 3_600_000)
    await vi.advanceTimersByTimeAsync(1_000)
    // Two machines are fetched one by one: a list pays only for more.
    expect((await world.reads()).slice(before).map((read) => Number(read.split('/').at(-1)))).toEqual(
      world.candidates.slice(4, 6).map(({ id }) => id),
    )
    expect((await world.writes()).filter(({ at }) => at > 1_003_000_000).length).toBeGreaterThan(0)
  })
})

describe('a rolling batch', () => {
  test.each(['restart', 'reboot'] as const)(
    'waits until a machine is back on after its %s before it begins the next',
    async (action) => {
      world = await fleet(running(6))
      const seenOff: number[] = []
      const key = begin(world, action, { rolling: true, atOnce: 1 })
      for (let ms = 0; ms < 600_000 && findBatch(key)?.endedAt === null; ms += 1_000) {
        await vi.advanceTimersByTimeAsync(1_000)
        const machines = await Promise.all(running(6).map((_, at) => world.vm(at + 1)))
        seenOff.push(machines.filter((vm) => vm?.power_on === false).length)
      }
      expect(findBatch(key)?.items.map(({ result }) => result)).toEqual(running(6).map(() => 'done'))
      expect(Math.max(...seenOff)).toBe(1)
    },
  )

  test('stops at the first failure, lets running machines finish, and begins no others', async () => {
    world = await fleet(running(10))
    world.fates.set(3, [500])
    const key = begin(world, 'restart', { rolling: true, atOnce: 2 })
    const batch = await passUntil(key, settled)
    expect(batch).toMatchObject({
      state: 'stopped',
      why: 'Stopped at the first failure, web3: unclear.',
    })
    expect(results(batch).slice(0, 3)).toEqual(['done', 'done', 'unclear'])
    expect(tally(batch.items).queued).toBe(7)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(new Set((await world.writes()).map(({ no }) => no))).toEqual(new Set([1, 2, 3]))
    resumeBatch(key)
    expect(tally((await passUntil(key, ({ state }) => state === 'over')).items)).toMatchObject({
      done: 9,
      unclear: 1,
    })
  })

  test('stops at an overdue machine', async () => {
    world = await fleet([{}, STUBBORN, ...running(5)])
    const key = begin(world, 'restart', { rolling: true, atOnce: 1 })
    const batch = await passUntil(key, settled)
    expect(batch.why).toBe('Stopped at the first failure, web2: overdue. The dashboard keeps watching it.')
    expect(tally(batch.items)).toMatchObject({ done: 1, overdue: 1, queued: 5 })
  })
})

test('two batches run in parallel, each on machines of its own', async () => {
  world = await fleet([...off(8), ...running(8)])
  const start = begin(world, 'start', { atOnce: 3 })
  const stop = begin(world, 'stop', { atOnce: 3 })
  const [started, stopped] = [await passUntil(start, settled), await passUntil(stop, settled)]
  expect([tally(started.items).done, tally(stopped.items).done]).toEqual([8, 8])
  expect(await world.writes()).toHaveLength(16)
})

test('in any mix of faults, each machine gets one result, and one write per attempt at most', async () => {
  const fates: Fate[] = ['ok', 'ok', 'ok', 'ignored', 'cut before', 'cut after', 400, 403, 429, 500, 503]
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...fates), fc.boolean()), { minLength: 1, maxLength: 25 }),
      fc.array(fc.constantFrom(0, 503), { maxLength: 4 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom('start', 'stop', 'delete', 'reset' as const),
      fc.array(fc.constantFrom('pause', 'resume', 'stop', 'retry'), { maxLength: 6 }),
      async (machines, readFates, atOnce, action, acts) => {
        world = await fleet(
          machines.map(([, on]) => (on ? {} : OFF)),
          { startMs: 100 },
        )
        // No fetch shows a reset, so an ignored reset looks like a successful one.
        const fateOf = (fate: Fate) => (fate === 'ignored' && action === 'reset' ? 'ok' : fate)
        machines.forEach(([fate], at) => world.fates.set(at + 1, [fateOf(fate)]))
        world.readFates = [...readFates]
        const key = begin(world, action, { atOnce })
        for (const act of acts) {
          await vi.advanceTimersByTimeAsync(150)
          if (act === 'pause') pauseBatch(key)
          else if (act === 'stop') stopBatch(key)
          else if (act === 'resume') resumeBatch(key)
          else if (findBatch(key)?.endedAt !== null) await retry(key, action, atOnce).catch(() => {})
        }
        for (let tries = 0; findBatch(key)?.state !== 'over' && tries < 50; tries++) {
          await vi.advanceTimersByTimeAsync(20_000)
          resumeBatch(key)
        }
        const batch = findBatch(key)!
        expect(batch.state).toBe('over')
        expect(world.mostRunning).toBeLessThanOrEqual(atOnce)
        const writes = await world.writes()
        for (const item of batch.items) {
          const sent = writes.filter(({ no }) => `web${no}` === item.name)
          expect(item.phase === 'ended' || item.overdue).toBe(true)
          expect(sent.length).toBeLessThanOrEqual(item.attempts)
          expect(item.steps.length).toBe(item.overdue ? 0 : sent.length)
          const applied = sent.filter((write) => write.applied).length
          // A reset without an answer may have been done, so a retry may reset the machine again, as the dialog warns.
          const twice = action === 'reset' && acts.includes('retry')
          if (item.result === 'done') expect(applied).toBe(twice ? Math.max(applied, 1) : 1)
          if (['refused', 'not sent', 'skipped'].includes(item.result ?? '')) expect(applied).toBe(0)
        }
      },
    ),
    { numRuns: 30 },
  )
}, 60_000)
