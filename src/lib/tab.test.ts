import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeStorage } from './testing/fake-storage.ts'
import { useOpenChannels } from './testing/open-channels.ts'

type Stored = Map<string, string>

/** For each lock, the pages that hold it or wait for it. The first holds it. */
let locks: Map<string, (() => Promise<void>)[]>
let hasLocks: boolean
const channels = useOpenChannels()
const reload = vi.fn()

beforeEach(() => {
  reload.mockClear()
  vi.useFakeTimers({ toFake: ['setTimeout', 'Date'], now: 1_000_000 })
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const timeout = new AbortController()
    setTimeout(() => timeout.abort(new Error('too late')), ms)
    return timeout.signal
  })
  locks = new Map()
  hasLocks = true
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Like the browser's own `request`: grants a lock once all earlier holders have released it. */
function request(name: string, { signal }: { signal?: AbortSignal }, granted: () => Promise<void>) {
  return new Promise<void>((resolve, reject) => {
    const queue = locks.get(name) ?? []
    locks.set(name, queue)
    const next = () => {
      queue.shift()
      void queue[0]?.()
    }
    const begin = async () => {
      await granted()
      next()
      resolve()
    }
    queue.push(begin)
    if (queue.length === 1) void begin()
    signal?.addEventListener('abort', () => {
      const at = queue.indexOf(begin)
      if (at > 0) queue.splice(at, 1)
      reject(signal.reason as Error)
    })
  })
}

/** A page in a tab that has this storage. */
async function startPage(stored: Stored) {
  vi.resetModules()
  const events = new EventTarget()
  const fire = (type: string) => events.dispatchEvent(Object.assign(new Event(type), { persisted: true }))
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => stored),
  )
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events))
  vi.stubGlobal('location', { reload })
  vi.stubGlobal('navigator', hasLocks ? { locks: { request } } : {})
  const first = channels.length
  const { claimTab, previousLeftAt } = await import('./tab.ts')
  let claimed = false
  void claimTab().then(() => (claimed = true))
  await settled()
  return {
    isClaimed: () => claimed,
    leftBefore: previousLeftAt,
    leave: () => {
      fire('pagehide')
      for (const channel of channels.slice(first)) channel.close()
    },
    comeBack: () => fire('pageshow'),
  }
}

/** Lets promises and messages between pages arrive. */
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))))

async function pass(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms)
  await settled()
}

/** A new tab with a page that has stored its work. */
async function tabWithWork() {
  const stored: Stored = new Map()
  const page = await startPage(stored)
  stored.set('bigv.operations', '[1]').set('bigv.create-draft', '2').set('of another app', '3')
  return { stored, page }
}

const copyOf = (stored: Stored): Stored => new Map(stored)
const idOf = (stored: Stored) => (JSON.parse(stored.get('bigv-tab') ?? '{}') as { id?: string }).id
const hasWork = (stored: Stored) => stored.has('bigv.operations') && stored.has('bigv.create-draft')

/** The page crashes: its lock is released, but it can store nothing more. */
const crash = (stored: Stored) => locks.delete(`bigv.tab ${idOf(stored)}`)

describe('what is stored in a tab', () => {
  test('is kept at once if the tab has no id yet, as after an update of the dashboard', async () => {
    const stored: Stored = new Map([['bigv.operations', '[1]']])
    const page = await startPage(stored)
    expect([page.isClaimed(), stored.has('bigv.operations'), page.leftBefore()]).toEqual([true, true, null])
  })

  test('is kept after a reload, once the previous page has released its lock', async () => {
    const { stored, page } = await tabWithWork()
    const id = idOf(stored)
    page.leave()
    await settled()
    // The browser is slow to release the lock.
    const old = new EventTarget()
    const closing = new Promise<void>((resolve) => old.addEventListener('closed', () => resolve()))
    void request(`bigv.tab ${id}`, {}, () => closing)
    const next = await startPage(stored)
    await pass(2_999)
    expect(next.isClaimed()).toBe(false)
    old.dispatchEvent(new Event('closed'))
    await settled()
    expect([next.isClaimed(), hasWork(stored), idOf(stored)]).toEqual([true, true, id])
    expect(next.leftBefore()).toBe(1_000_000)
  })

  test('is kept after a crash, because nobody holds the lock', async () => {
    const { stored } = await tabWithWork()
    crash(stored)
    const next = await startPage(stored)
    expect([next.isClaimed(), hasWork(stored), next.leftBefore()]).toEqual([true, true, null])
  })
})

describe('a copy of a tab', () => {
  test('drops all that the dashboard stored, and becomes a tab of its own', async () => {
    const { stored } = await tabWithWork()
    const copy = copyOf(stored)
    const page = await startPage(copy)
    await pass(299)
    expect([page.isClaimed(), hasWork(copy)]).toEqual([false, true])
    await pass(1)
    expect([page.isClaimed(), [...copy.keys()].toSorted()]).toEqual([true, ['bigv-tab', 'of another app']])
    expect(hasWork(stored)).toBe(true)

    copy.set('bigv.plans', '[4]')
    page.leave()
    expect((await startPage(copy)).isClaimed()).toBe(true)
    expect(copy.has('bigv.plans')).toBe(true)
  })

  test('is recognised even if it was made while its tab was reloading', async () => {
    const { stored, page } = await tabWithWork()
    page.leave()
    const copy = copyOf(stored)
    await startPage(stored)
    const second = await startPage(copy)
    await pass(3_000)
    expect([second.isClaimed(), hasWork(stored), hasWork(copy)]).toEqual([true, true, false])
  })

  test('that the browser restores twice after a crash gets the work only once', async () => {
    const { stored } = await tabWithWork()
    crash(stored)
    const copies = [copyOf(stored), copyOf(stored)]
    for (const copy of copies) await startPage(copy)
    await pass(300)
    expect(copies.map(hasWork)).toEqual([true, false])
  })
})

describe('a page that the browser shows again after Back', () => {
  test('takes its lock again, so that a copy of the tab is still recognised', async () => {
    const { stored, page } = await tabWithWork()
    page.leave()
    await settled()
    page.comeBack()
    const copy = copyOf(stored)
    await startPage(copy)
    await pass(300)
    expect(hasWork(copy)).toBe(false)
    expect(reload).not.toHaveBeenCalled()
  })

  test('is reloaded if another page of the tab has continued its work meanwhile', async () => {
    const { stored, page } = await tabWithWork()
    page.leave()
    const next = await startPage(stored)
    vi.setSystemTime(1_001_000)
    next.leave()
    expect(reload).not.toHaveBeenCalled()
    page.comeBack()
    expect(reload).toHaveBeenCalledOnce()
  })
})

describe('without https, where browsers have no locks', () => {
  beforeEach(() => {
    hasLocks = false
  })

  test('a copy is recognised because its open original answers', async () => {
    const { stored } = await tabWithWork()
    const copy = copyOf(stored)
    const page = await startPage(copy)
    await vi.waitFor(() => expect(page.isClaimed()).toBe(true))
    expect([hasWork(stored), hasWork(copy)]).toEqual([true, false])
    expect(idOf(copy)).not.toBe(idOf(stored))
  })

  test('a reloaded page keeps its work at once', async () => {
    const { stored, page } = await tabWithWork()
    page.leave()
    const next = await startPage(stored)
    expect([next.isClaimed(), hasWork(stored)]).toEqual([true, true])
  })

  test('a page keeps its work after a crash because nobody answers', async () => {
    const { stored } = await tabWithWork()
    for (const channel of channels) channel.close()
    const next = await startPage(stored)
    await pass(300)
    expect([next.isClaimed(), hasWork(stored)]).toEqual([true, true])
  })
})
