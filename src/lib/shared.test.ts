import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useOpenChannels } from './testing/open-channels.ts'

interface Entry {
  key: string
  username: string
  otherTab: boolean
  running: boolean
  note: string
}

const entry = (given: Partial<Entry> = {}): Entry => ({
  key: 'k',
  username: 'demo',
  otherTab: false,
  running: true,
  note: '',
  ...given,
})
const theirs = (given: Partial<Entry> = {}) => entry({ otherTab: true, ...given })

const channels = useOpenChannels()

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    now: 1_000_000,
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Opens a tab with its own modules and window, connected to the other tabs by a real channel. */
async function tab(username = 'demo', own: readonly Entry[] = []) {
  vi.resetModules()
  const leaving: (() => void)[] = []
  vi.stubGlobal('addEventListener', (_: string, listener: () => void) => leaving.push(listener))
  const { createStore } = await import('./store.ts')
  const { currentUser } = await import('./persisted.ts')
  const { shared } = await import('./shared.ts')
  currentUser.set(username)
  const list = createStore<readonly Entry[]>(own)
  const asked: unknown[] = []
  const put = (one: Entry) => list.set((all) => [...all.filter(({ key }) => key !== one.key), one])
  const ask = shared(list, {
    channel: 'bigv.test',
    isRunning: ({ running }) => running,
    put: (one) => one.note !== 'from a later version' && put(one),
    onAsked: (...args) => asked.push(args),
  })
  return {
    put,
    ask,
    asked,
    all: list.get,
    remove: (removed: string) => list.set((all) => all.filter(({ key }) => key !== removed)),
    leave: () => leaving.forEach((listener) => listener()),
    /** Waits until the tab's entries satisfy the test. */
    until: (fits: (all: readonly Entry[]) => boolean) =>
      new Promise<readonly Entry[]>((resolve) => {
        const look = () => {
          if (!fits(list.get())) return
          end()
          resolve(list.get())
        }
        const end = list.subscribe(look)
        look()
      }),
  }
}

describe('list entries that other tabs share', () => {
  test('are updated on each change, and when the entry ends', async () => {
    const [first, second] = [await tab(), await tab()]
    first.put(entry())
    expect(await second.until((all) => all.length === 1)).toEqual([theirs()])
    first.put(entry({ note: 'nearly' }))
    await second.until(([one]) => one?.note === 'nearly')
    first.put(entry({ running: false, note: 'well' }))
    expect(await second.until(([one]) => one?.running === false)).toEqual([
      theirs({ running: false, note: 'well' }),
    ])
  })

  test('are sent to a tab opened later, if they are running', async () => {
    await tab('demo', [entry({ key: 'old', running: false }), entry()])
    const second = await tab()
    expect(await second.until((all) => all.length > 0)).toEqual([theirs()])
  })

  test('disappear when removed', async () => {
    const [first, second] = [await tab(), await tab()]
    first.put(entry())
    await second.until((all) => all.length === 1)
    first.remove('k')
    await second.until((all) => all.length === 0)
  })

  test('don’t replace this tab’s entry with the same key', async () => {
    const first = await tab('demo', [entry()])
    const second = await tab()
    await second.until((all) => all.length === 1)
    second.put(theirs({ note: 'seen here' }))
    first.put(entry({ key: 'next' }))
    await second.until((all) => all.length === 2)
    expect(first.all().map(({ otherTab }) => otherTab)).toEqual([false, false])
  })

  test('are shown to the same user only', async () => {
    const first = await tab('demo')
    const colleague = await tab('colleague')
    const second = await tab('demo')
    first.put(entry())
    await second.until((all) => all.length === 1)
    expect(colleague.all()).toEqual([])
  })

  test('are left out if this tab can’t show them', async () => {
    const [first, second] = [await tab(), await tab()]
    first.put(entry({ key: 'new', note: 'from a later version' }))
    first.put(entry())
    expect(await second.until((all) => all.length > 0)).toEqual([theirs()])
  })

  test('can be controlled from another tab, which asks the tab that owns them', async () => {
    const first = await tab('demo', [entry()])
    const [second, third] = [await tab('demo', [entry({ key: 'own' })]), await tab()]
    await third.until((all) => all.length === 2)
    third.ask('k', 'stop')
    third.ask('unknown', 'stop')
    await vi.waitUntil(() => first.asked.length > 0)
    expect([first.asked, second.asked]).toEqual([[['k', 'stop']], []])
  })

  test('disappear when their tab has crashed and no longer answers', async () => {
    await tab('demo', [entry()])
    const second = await tab()
    await second.until((all) => all.length === 1)
    if (channels[0]) channels[0].postMessage = () => {}
    vi.advanceTimersByTime(120_000)
    expect(second.all()).toHaveLength(1)
    vi.advanceTimersByTime(60_000)
    expect(second.all()).toEqual([])
  })

  test('disappear when their tab is closed, but not when it is reloaded', async () => {
    const first = await tab('demo', [entry({ key: 'gone' }), entry({ key: 'reloaded' })])
    const second = await tab()
    await second.until((all) => all.length === 2)
    const received = new Promise<void>((resolve) => {
      const channel = new BroadcastChannel('bigv.test')
      channel.addEventListener('message', ({ data }: MessageEvent<{ type: string }>) => {
        if (data.type === 'left') resolve()
      })
    })
    vi.setSystemTime(Date.now() + 1_000)
    first.leave()
    await received
    channels[0]?.close()
    vi.setSystemTime(Date.now() + 1_000)
    await tab('demo', [entry({ key: 'reloaded', note: 'again' })])
    await second.until((all) => all.some(({ note }) => note === 'again'))
    vi.advanceTimersByTime(10_000)
    expect(second.all().map(({ key }) => key)).toEqual(['reloaded'])
  })
})

test('without BroadcastChannel, nothing is shared and nothing fails', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  const only = await tab('demo', [entry()])
  expect(() => only.ask('k', 'stop')).not.toThrow()
  expect(only.all()).toEqual([entry()])
})
