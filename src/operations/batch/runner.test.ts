import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { askBeforeClosing } from '../../lib/browser/ask-before-closing.ts'
import { advance, nextItems, wake, type Work } from './runner.ts'

interface Item {
  name: string
  phase: 'queued' | 'running' | 'ended'
}

let items: Item[]
let stopped: boolean
let begun: [name: string, at: number][]
let idle: number

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  items = []
  stopped = false
  begun = []
  idle = 0
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const queue = (...names: string[]) => {
  items = names.map((name) => ({ name, phase: 'queued' }))
}
const names = (next: Item[]) => next.map(({ name }) => name)
const is = (phase: Item['phase']) => items.filter((item) => item.phase === phase)

/** Work whose items take `takesMs`; with an interval, each begins after the end of the one before. */
function work(atOnce: number, takesMs: number, everyMs = 0): Work<Item> {
  const self: Work<Item> = {
    queued: () => (stopped ? [] : is('queued')),
    free: () => atOnce - is('running').length,
    everyMs,
    begin: async (next) => {
      const ends = next.map(async (item) => {
        item.phase = 'running'
        begun.push([item.name, Date.now()])
        await new Promise((resolve) => setTimeout(resolve, takesMs))
        item.phase = 'ended'
        if (everyMs === 0) void advance('k', self)
      })
      if (everyMs > 0) await Promise.all(ends)
    },
    onIdle: () => (idle += 1),
  }
  return self
}

describe('the items that a runner begins', () => {
  test('begin in order, up to the parallel limit, the next as soon as one ends', async () => {
    queue('a', 'b', 'c', 'd', 'e')
    void advance('k', work(2, 100))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(begun).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 100],
      ['d', 100],
      ['e', 200],
    ])
  })

  test('keep their interval, without a burst to catch up after a slow one', async () => {
    queue('a', 'b', 'c')
    void advance('k', work(1, 10, 50))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(begun.map(([, at]) => at)).toEqual([0, 50, 100])
    begun = []
    queue('a', 'b', 'c')
    void advance('k', work(1, 120, 50))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(begun.map(([, at]) => at - 1_000)).toEqual([0, 120, 240])
    expect(idle).toBe(2)
  })

  test('begin only once if more items are queued while a list is fetched', async () => {
    queue('a', 'b')
    const slow = work(2, 100)
    const { begin } = slow
    slow.begin = async (next) => {
      await new Promise((resolve) => setTimeout(resolve, 30))
      await begin(next)
    }
    void advance('k', slow)
    void advance('k', slow)
    await vi.advanceTimersByTimeAsync(500)
    expect(begun.map(([name]) => name)).toEqual(['a', 'b'])
  })

  test('begin even if they are queued while others are running', async () => {
    queue('a')
    const slow = work(1, 100, 1)
    void advance('k', slow)
    await vi.advanceTimersByTimeAsync(50)
    items.push({ name: 'b', phase: 'queued' })
    void advance('k', slow)
    await vi.advanceTimersByTimeAsync(500)
    expect(begun.map(([name]) => name)).toEqual(['a', 'b'])
    expect(idle).toBe(1)
  })

  test('begin up to the parallel limit, or one by one if there is an interval', () => {
    queue('a', 'b', 'c')
    expect(names(nextItems(work(2, 0)))).toEqual(['a', 'b'])
    expect(names(nextItems(work(9, 0)))).toEqual(['a', 'b', 'c'])
    expect(names(nextItems(work(9, 0, 10)))).toEqual(['a'])
    expect(nextItems(work(0, 0))).toEqual([])
    expect(nextItems(work(-1, 0))).toEqual([])
  })
})

describe('a runner', () => {
  test('ends at once if it is stopped between two items', async () => {
    queue('a', 'b')
    void advance('k', work(1, 10, 60_000))
    await vi.advanceTimersByTimeAsync(1_000)
    stopped = true
    wake('k')
    await vi.advanceTimersByTimeAsync(0)
    expect([begun.length, idle]).toEqual([1, 1])
  })

  test('keeps its interval even if it is woken too early', async () => {
    queue('a', 'b')
    void advance('k', work(1, 10, 100))
    await vi.advanceTimersByTimeAsync(50)
    wake('k')
    await vi.advanceTimersByTimeAsync(500)
    expect(begun.map(([, at]) => at)).toEqual([0, 100])
  })

  test('begins nothing more after a stop, and continues when called again', async () => {
    queue('a', 'b', 'c')
    const two = work(1, 100)
    void advance('k', two)
    stopped = true
    await vi.advanceTimersByTimeAsync(1_000)
    expect(begun).toHaveLength(1)
    stopped = false
    void advance('k', two)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(begun).toHaveLength(3)
  })
})

test('a runner begins nothing for 3 s after the browser has asked whether to leave the page', async () => {
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  askBeforeClosing(() => true)
  queue('a', 'b', 'c')
  void advance('k', work(1, 100))
  // While the question is open, timers wait.
  page.dispatchEvent(new Event('beforeunload'))
  vi.setSystemTime(60_000)
  await vi.advanceTimersByTimeAsync(2_999)
  wake('k')
  await vi.advanceTimersByTimeAsync(0)
  expect(begun).toEqual([['a', 0]])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(begun.map(([name]) => name)).toEqual(['a', 'b', 'c'])
})

test('a runner ends if an item can’t begin, and can then be started again', async () => {
  queue('a')
  const failing: Work<Item> = { ...work(1, 0), begin: () => Promise.reject(new Error('broken')) }
  await expect(advance('k', failing)).rejects.toThrow('broken')
  expect(idle).toBe(0)
  void advance('k', work(1, 10))
  await vi.advanceTimersByTimeAsync(100)
  expect(begun).toHaveLength(1)
})
