import { environmentManager, focusManager, QueryObserver, type QueryKey } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from './errors.ts'
import {
  nextPollAt,
  pauseAfter,
  pauseAfterFailure,
  pollAfterRest,
  pollingOptions,
  pollNow,
  type PollRest,
} from './polling.ts'
import { queryClient } from './query-client.ts'

const S = 1_000
const START = 1_000_000
const KEY: QueryKey = ['polled']

// Query only polls in browsers.
beforeAll(() => environmentManager.setIsServer(() => false))
beforeEach(() => vi.useFakeTimers({ now: START }))
afterEach(() => {
  queryClient.clear()
  vi.useRealTimers()
})

/** Why polling is suspended. Query itself stops polling in hidden tabs; a page passes the other reasons to it as an option. */
type Rest = PollRest | 'hidden'

/** Behaves like a page: observes a query, updates the options on changes, and polls when polling resumes. */
function openPage({ rest = null as Rest | null, ms = 10 * S } = {}) {
  focusManager.setFocused(rest !== 'hidden')
  const fetches: { at: number; end: (error?: Error) => Promise<void> }[] = []
  let open = 0
  let most = 0
  let setting = { ms, chosenAt: 0 }
  const options = () => ({
    queryKey: KEY,
    queryFn: () =>
      new Promise<number>((resolve, reject) => {
        most = Math.max(most, ++open)
        let ended = false
        fetches.push({
          at: Date.now() - START,
          async end(error) {
            if (ended) return
            ended = true
            open--
            if (error) reject(error)
            else resolve(fetches.length)
            await vi.advanceTimersByTimeAsync(0)
          },
        })
      }),
    ...pollingOptions(KEY, setting, rest === 'hidden' ? null : rest),
  })
  const observer = new QueryObserver(queryClient, options())
  const close = observer.subscribe(() => {})
  const query = () => observer.getCurrentQuery()
  return {
    close,
    pass: (seconds: number) => vi.advanceTimersByTimeAsync(seconds * S),
    end: async (error?: Error) => fetches.at(-1)?.end(error),
    /** When each fetch started, in seconds. The first fetch is the load. */
    times: () => fetches.map(({ at }) => at / S),
    mostAtOnce: () => most,
    nextIn: () => {
      const at = nextPollAt(query(), setting)
      return at === null ? null : (at - Date.now()) / S
    },
    choose: (seconds: number) => {
      setting = { ms: seconds * S, chosenAt: Date.now() }
      observer.setOptions(options())
    },
    rest: (reason: Rest | null) => {
      const isOver = rest !== null && reason === null
      rest = reason
      focusManager.setFocused(reason !== 'hidden')
      observer.setOptions(options())
      if (isOver) pollAfterRest(KEY)
    },
    /** Writes a row into the list, as an operation does, although the list's own request got no answer. */
    writeRow: () => query().setState({ data: Math.random() }),
  }
}

const unreachable = () =>
  new ApiError('No answer.', {
    kind: 'unreachable',
    sent: 'unknown',
    trace: { method: 'GET', path: '/x', status: 0, startedAt: 0, duration: 0 },
  })

const failure = (retryAfter = 0) =>
  new ApiError('Too many requests (429). Try again in a moment.', {
    kind: 'refused',
    sent: 'yes',
    retryAfter,
    trace: { method: 'GET', path: '/x', status: 429, startedAt: 0, duration: 0 },
  })

describe('the pause between polls', () => {
  test('is the interval, doubled for each failure in a row, up to a minute', () => {
    expect([0, 1, 2, 3, 4, 50].map((failures) => pauseAfter(10 * S, failures))).toEqual(
      [10, 20, 40, 60, 60, 60].map((s) => s * S),
    )
  })

  test('is never shorter than the interval, even if that is longer than a minute', () => {
    expect(pauseAfter(120 * S, 0)).toBe(120 * S)
    expect(pauseAfter(120 * S, 3)).toBe(120 * S)
  })
})

describe('a page', () => {
  test('polls after each pause, one request at a time', async () => {
    const { pass, end, times, nextIn } = openPage()
    expect(nextIn()).toBeNull()
    await end()
    expect(nextIn()).toBe(10)
    await pass(10)
    await pass(35) // No second request while one hangs.
    expect(times()).toEqual([0, 10])
    await end()
    await pass(10)
    expect(times()).toEqual([0, 10, 55])
  })

  test('pauses longer after each failure, and as long as usual after a success', async () => {
    const { pass, end, times, nextIn } = openPage()
    await end()
    for (const pause of [10, 20, 40, 60, 60]) {
      await pass(pause)
      await end(new Error('no answer'))
    }
    expect(times()).toEqual([0, 10, 30, 70, 130, 190])
    await pass(60)
    await end()
    expect(nextIn()).toBe(10)
    await pass(10)
    await end(new Error('no answer'))
    expect(nextIn()).toBe(20)
  })

  test('keeps polling even if its first load failed', async () => {
    const { pass, end, times, nextIn } = openPage()
    await end(failure())
    expect(nextIn()).toBe(20)
    await pass(20)
    await end()
    await pass(10)
    expect(times()).toEqual([0, 20, 30])
  })

  test('retries its first load, but not a refresh', async () => {
    const { pass, end, times } = openPage()
    await end(unreachable())
    await pass(0.5)
    await end(unreachable())
    await pass(1)
    await end()
    expect(times()).toEqual([0, 0.5, 1.5])
    await pass(10)
    await end(unreachable())
    await pass(19)
    expect(times()).toEqual([0, 0.5, 1.5, 11.5])
  })

  test('polls on time, however often operations write into the page’s data', async () => {
    const { pass, end, times, writeRow } = openPage()
    await end()
    for (let second = 0; second < 10; second++) {
      writeRow()
      await pass(1)
    }
    expect(times()).toEqual([0, 10])
  })

  test('fetches at once, and only once, on “Refresh now”', async () => {
    const { pass, end, times } = openPage()
    await end()
    await pass(3)
    pollNow(KEY)
    pollNow(KEY)
    expect(times()).toEqual([0, 3])
    await end()
    await pass(10)
    expect(times()).toEqual([0, 3, 13])
  })

  test.each(['paused', 'hidden', 'expired'] as const)(
    'doesn’t poll while %s, and fetches at once afterwards',
    async (reason) => {
      const { pass, end, times, rest } = openPage()
      await end()
      await pass(4)
      rest(reason)
      await pass(3_600)
      expect(times()).toEqual([0])
      rest(null)
      expect(times()).toEqual([0, 3_604])
      await end()
      await pass(10)
      expect(times()).toEqual([0, 3_604, 3_614])
    },
  )

  test('fetches once if it opens in a hidden tab, and polls once the tab is shown', async () => {
    const { pass, end, times, rest } = openPage({ rest: 'hidden' })
    await end()
    await pass(60)
    expect(times()).toEqual([0])
    rest(null)
    expect(times()).toEqual([0, 60])
  })

  test('stays paused after a request has ended, but can be refreshed by the user', async () => {
    const { pass, end, times, rest } = openPage()
    await end()
    await pass(10)
    rest('paused')
    await end()
    await pass(60)
    expect(times()).toEqual([0, 10])
    pollNow(KEY)
    await end()
    await pass(60)
    expect(times()).toEqual([0, 10, 70])
  })

  test('starts a new pause when the user chooses another interval', async () => {
    const { pass, end, times, choose } = openPage({ ms: 60 * S })
    await end()
    await pass(45)
    choose(10)
    await pass(9)
    expect(times()).toEqual([0])
    await pass(1)
    expect(times()).toEqual([0, 55])
  })

  test('keeps polling at its interval when the clock is set back by years', async () => {
    const { pass, end, times } = openPage()
    await end()
    vi.setSystemTime(0)
    await pass(10)
    await end()
    await pass(9)
    expect(times()).toHaveLength(2)
    await pass(1)
    expect(times()).toHaveLength(3)
  })

  test('no longer fetches once closed', async () => {
    const { pass, end, times, close } = openPage()
    await end()
    close()
    await pass(60)
    expect(times()).toEqual([0])
  })
})

/** A page whose first poll, after 10 s, got an answer with Retry-After. */
async function askedToWait(seconds: number) {
  const page = openPage()
  await page.end()
  await page.pass(10)
  await page.end(failure(seconds * S))
  return page
}

describe('Retry-After', () => {
  test('delays the next fetch', async () => {
    const { pass, end, times, nextIn } = await askedToWait(45)
    expect(nextIn()).toBe(45)
    await pass(44)
    expect(times()).toEqual([0, 10])
    await pass(1)
    expect(times()).toEqual([0, 10, 55])
    await end()
    await pass(10)
    expect(times()).toEqual([0, 10, 55, 65])
  })

  test('doesn’t shorten the normal pause after a failure', async () => {
    expect((await askedToWait(5)).nextIn()).toBe(20)
  })

  test('doesn’t delay “Refresh now”, and no longer applies after the next answer', async () => {
    const { pass, end, times, nextIn } = await askedToWait(240)
    await pass(3)
    pollNow(KEY)
    expect(times()).toEqual([0, 10, 13])
    await end(new Error('no answer'))
    expect(nextIn()).toBe(40)
  })

  test('still applies if the tab is shown again or the interval changes', async () => {
    const { pass, times, rest, choose, nextIn } = await askedToWait(45)
    rest('hidden')
    await pass(20)
    rest(null)
    expect(nextIn()).toBe(25)
    choose(2)
    await pass(24)
    expect(times()).toEqual([0, 10])
    await pass(1)
    expect(times()).toEqual([0, 10, 55])
  })

  test('doesn’t delay a fetch if the tab is shown after the wait has ended', async () => {
    const { pass, times, rest } = await askedToWait(45)
    rest('hidden')
    await pass(100)
    rest(null)
    expect(times()).toEqual([0, 10, 110])
  })
})

test('there is at most one request at a time, and none while polling is suspended', async () => {
  type Act =
    | ['pass', number]
    | ['end', boolean]
    | ['rest', Rest | null]
    | ['choose', number]
    | ['now' | 'write']
  const act = fc.oneof<fc.Arbitrary<Act>[]>(
    fc.tuple(fc.constant('pass' as const), fc.integer({ min: 1, max: 90 })),
    fc.tuple(fc.constant('end' as const), fc.boolean()),
    fc.tuple(fc.constant('rest' as const), fc.constantFrom(null, 'hidden' as const, 'paused' as const)),
    fc.tuple(fc.constant('choose' as const), fc.constantFrom(10, 30)),
    fc.tuple(fc.constantFrom('now' as const, 'write' as const)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      queryClient.clear()
      const page = openPage()
      await page.end()
      let resting = false
      for (const [what, value] of acts) {
        const before = page.times().length
        if (what === 'pass') await page.pass(value)
        else if (what === 'end') await page.end(value ? undefined : failure(20 * S))
        else if (what === 'choose') page.choose(value)
        else if (what === 'now') pollNow(KEY)
        else if (what === 'write') page.writeRow()
        else {
          page.rest(value ?? null)
          resting = value !== null
        }
        expect(page.mostAtOnce()).toBe(1)
        if (resting && what !== 'now') expect(page.times()).toHaveLength(before)
      }
      page.close()
    }),
    { numRuns: 200 },
  )
})

test('polling without a query has the same pauses, and respects Retry-After', () => {
  const trace = { method: 'GET', path: '/', status: 503, startedAt: 0, duration: 0 }
  const asksFor = (retryAfter: number) => new ApiError('', { kind: 'failed', trace, sent: 'yes', retryAfter })
  expect([0, 1, 2, 20].map((failures) => pauseAfterFailure(2 * S, failures, asksFor(0)))).toEqual(
    [2, 4, 8, 60].map((seconds) => seconds * S),
  )
  expect(pauseAfterFailure(2 * S, 1, asksFor(90 * S))).toBe(90 * S)
  expect(pauseAfterFailure(2 * S, 2, asksFor(3 * S))).toBe(8 * S)
})
