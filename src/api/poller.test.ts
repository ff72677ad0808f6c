import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pauseAfter } from './poller.ts'
import { slowDown, worldWithPoller } from './testing/poller-world.ts'

const S = 1_000

describe('the pause', () => {
  test('is the interval, doubled for each failure, up to a minute', () => {
    expect([0, 1, 2, 3, 4, 50].map((failures) => pauseAfter(10 * S, failures))).toEqual(
      [10, 20, 40, 60, 60, 60].map((s) => s * S),
    )
  })

  test('is not shortened where the interval is longer than a minute', () => {
    expect(pauseAfter(120 * S, 0)).toBe(120 * S)
    expect(pauseAfter(120 * S, 3)).toBe(120 * S)
  })
})

describe('the poller', () => {
  test('reads after each pause, one reading at a time', async () => {
    const { poller, pass, times, last, state } = worldWithPoller()
    poller.start(10 * S)
    expect(state()).toEqual({ phase: 'waiting', nextAt: 11_000, failures: 0 })
    pass(10 * S)
    expect(state()).toEqual({ phase: 'fetching', nextAt: null, failures: 0 })
    pass(35 * S) // A reading that hangs is not joined by another.
    expect(times()).toEqual([10 * S])
    await last()?.end()
    expect(state()).toEqual({ phase: 'waiting', nextAt: 56_000, failures: 0 })
    pass(10 * S)
    expect(times()).toEqual([10 * S, 55 * S])
  })

  test('pauses longer after each failure, and as ever after a reading that went well', async () => {
    const { poller, pass, times, last, state } = worldWithPoller()
    poller.start(10 * S)
    for (const pause of [10, 20, 40, 60, 60]) {
      pass(pause * S)
      await last()?.end(false)
    }
    expect(times()).toEqual([10, 30, 70, 130, 190].map((s) => s * S))
    expect(state()?.failures).toBe(5)
    pass(60 * S)
    await last()?.end()
    expect(state()).toEqual({ phase: 'waiting', nextAt: 1_000 + 260 * S, failures: 0 })
  })

  test('“try now” reads at once, and once', async () => {
    const { poller, pass, times, last } = worldWithPoller()
    poller.start(10 * S)
    pass(3 * S)
    poller.readNow()
    poller.readNow()
    expect(times()).toEqual([3 * S])
    await last()?.end()
    pass(10 * S)
    expect(times()).toEqual([3 * S, 13 * S])
  })

  test.each([
    ['hidden', { hidden: true }, { hidden: false }],
    ['offline', { online: false }, { online: true }],
  ] as const)('is at rest while %s, and reads at once on return', (phase, away, back) => {
    const { poller, pass, times, change, state } = worldWithPoller()
    poller.start(10 * S)
    pass(4 * S)
    change(away)
    expect(state()).toMatchObject({ phase, nextAt: null })
    pass(3_600 * S)
    expect(times()).toEqual([])
    change(back)
    expect(times()).toEqual([3_604 * S])
  })

  test('stays at rest when only one of two reasons is over', () => {
    const { poller, pass, times, change, state } = worldWithPoller()
    poller.start(10 * S)
    change({ hidden: true, online: false })
    change({ hidden: false })
    pass(60 * S)
    expect(state()?.phase).toBe('offline')
    expect(times()).toEqual([])
  })

  test('starts at rest in a tab that is hidden', () => {
    const { poller, pass, times, change, world } = worldWithPoller()
    world.hidden = true
    poller.start(10 * S)
    pass(60 * S)
    change({ hidden: false })
    expect(times()).toEqual([60 * S])
  })

  test('is at rest after a reading that ends while the tab is hidden', async () => {
    const { poller, pass, times, last, change, state } = worldWithPoller()
    poller.start(10 * S)
    pass(10 * S)
    change({ hidden: true })
    expect(state()?.phase).toBe('fetching')
    await last()?.end()
    expect(state()).toEqual({ phase: 'hidden', nextAt: null, failures: 0 })
    pass(60 * S)
    expect(times()).toEqual([10 * S])
  })

  test('goes on waiting as it did when nothing changed that matters', () => {
    const { poller, pass, times, change } = worldWithPoller()
    poller.start(10 * S)
    for (let i = 0; i < 3; i++) {
      pass(3 * S)
      change({})
    }
    pass(1 * S)
    expect(times()).toEqual([10 * S])
  })

  test('rests when the user pauses it, and reads at once when the pause is over', () => {
    const { poller, pass, times, state } = worldWithPoller()
    poller.start(10 * S)
    poller.setInterval(null)
    expect(state()).toMatchObject({ phase: 'paused', nextAt: null })
    pass(600 * S)
    expect(times()).toEqual([])
    poller.setInterval(30 * S)
    expect(times()).toEqual([600 * S])
  })

  test('does not read in a pause’s place when it ends offline', () => {
    const { poller, pass, times, state, change } = worldWithPoller()
    poller.start(null)
    change({ online: false })
    poller.setInterval(10 * S)
    pass(60 * S)
    expect(times()).toEqual([])
    expect(state()?.phase).toBe('offline')
  })

  test('can be paused during a reading, and read by hand in a pause', async () => {
    const { poller, pass, times, last, state } = worldWithPoller()
    poller.start(10 * S)
    pass(10 * S)
    poller.setInterval(null)
    await last()?.end()
    expect(state()?.phase).toBe('paused')
    poller.readNow()
    await last()?.end()
    pass(60 * S)
    expect(times()).toEqual([10 * S, 10 * S])
    expect(state()?.phase).toBe('paused')
  })

  test('takes another interval from now on', () => {
    const { poller, pass, times } = worldWithPoller()
    poller.start(60 * S)
    pass(5 * S)
    poller.setInterval(10 * S)
    pass(10 * S)
    expect(times()).toEqual([15 * S])
  })

  test('does nothing more once it is stopped', async () => {
    const { poller, pass, times, last, states, change, world } = worldWithPoller()
    poller.start(10 * S)
    pass(10 * S)
    poller.stop()
    const told = states.length
    await last()?.end()
    poller.readNow()
    change({ hidden: true })
    change({ hidden: false })
    pass(60 * S)
    expect(times()).toEqual([10 * S])
    expect(states).toHaveLength(told)
    expect(world.timers.size).toBe(0)
  })

  test('started again during a reading, waits for that one', async () => {
    const { poller, pass, times, last, mostAtOnce, state } = worldWithPoller()
    poller.start(10 * S)
    pass(10 * S)
    poller.stop()
    poller.start(10 * S)
    pass(30 * S)
    expect(state()?.phase).toBe('fetching')
    expect(mostAtOnce()).toBe(1)
    await last()?.end()
    pass(10 * S)
    expect(times()).toEqual([10 * S, 50 * S])
  })

  test('never reads twice at once, nor twice within an interval by itself, whatever happens', async () => {
    type Act =
      | ['pass', number]
      | ['end', boolean]
      | ['hidden' | 'online', boolean]
      | ['interval', number | null]
      | ['start' | 'stop' | 'now', null]
    const act = fc.oneof<fc.Arbitrary<Act>[]>(
      fc.tuple(fc.constant('pass' as const), fc.integer({ min: 1, max: 90 })),
      fc.tuple(fc.constant('end' as const), fc.boolean()),
      fc.tuple(fc.constantFrom('hidden' as const, 'online' as const), fc.boolean()),
      fc.tuple(fc.constant('interval' as const), fc.constantFrom(10, 30, null)),
      fc.tuple(fc.constantFrom('start' as const, 'stop' as const, 'now' as const), fc.constant(null)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
        const { poller, pass, readings, change, mostAtOnce, state, world } = worldWithPoller()
        const ended = new Set<unknown>()
        poller.start(10 * S)
        for (const [what, value] of acts) {
          if (what === 'pass') pass(value * S)
          else if (what === 'end') {
            const machineData = readings.at(-1)
            if (machineData && !ended.has(machineData)) {
              ended.add(machineData)
              await machineData.end(value, slowDown(20 * S))
            }
          } else if (what === 'hidden') change({ hidden: value })
          else if (what === 'online') change({ online: value })
          else if (what === 'interval') poller.setInterval(value === null ? null : value * S)
          else if (what === 'start') poller.start(10 * S)
          else if (what === 'stop') poller.stop()
          else poller.readNow()
          expect(mostAtOnce()).toBeLessThanOrEqual(1)
          expect(world.timers.size).toBeLessThanOrEqual(1)
          if (state()?.phase === 'fetching') expect(world.timers.size).toBe(0)
        }
      }),
      { numRuns: 300 },
    )
  })
})
