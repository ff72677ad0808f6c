import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { machine, REF } from '../../../api/testing/machines.ts'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import { fakeStorage } from '../../../lib/testing/fake-storage.ts'

const NOW = Date.UTC(2026, 10, 30, 14)
const DEMO = { account: 'acme', username: 'demo', password: 'demo', otp: '' }
const OFF = { power_on: false, head: null }

let tab: Map<string, string>
let browser: Map<string, string>
let full: boolean
let pages: EventTarget[]

beforeEach(() => {
  tab = new Map()
  browser = new Map()
  full = false
  pages = []
  vi.useFakeTimers({ now: NOW })
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => tab),
  )
  const local = fakeStorage(() => browser) as Storage
  vi.stubGlobal(
    'localStorage',
    new Proxy(local, {
      get: (target, name) =>
        name === 'setItem' && full
          ? () => {
              throw new Error('QuotaExceededError')
            }
          : (Reflect.get(target, name) as unknown),
    }),
  )
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Loads a page for the user, with the storage as it is, but with empty memory. */
async function loadPage(signedIn = true) {
  vi.resetModules()
  const page = new EventTarget()
  pages.push(page)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  const { signIn, signOut } = await import('../../../session/session.ts')
  const { machineQueries } = await import('../../../api/virtual-machines.ts')
  const { queryClient } = await import('../../../api/query-client.ts')
  const { followFetches } = await import('../later-findings.ts')
  const { lastHeadOf } = await import('../../last-heads.ts')
  const store = await import('./store.ts')
  if (signedIn) signIn(DEMO, false)
  followFetches()
  store.followSeen(() => 10_000)
  return {
    ...store,
    lastHeadOf,
    signIn: (username: string) => signIn({ ...DEMO, username }, false),
    signOut,
    /** A fetch of the machine's own page. */
    fetched: (given: Partial<VirtualMachine> = {}) =>
      queryClient.setQueryData(machineQueries.detail(REF, 7).queryKey, {
        vm: machine(given),
        creating: false,
      }),
    seen: (id = 7) =>
      store
        .seenSegments(id)
        .map(({ from, to, is }) => `${is.state} ${(from - NOW) / 1000}–${(to - NOW) / 1000}`),
    close: () => page.dispatchEvent(new Event('pagehide')),
  }
}

/** Tells all tabs that another one has written the user's record. */
function tellOthers(key = 'bigv.seen demo') {
  for (const page of pages) page.dispatchEvent(Object.assign(new Event('storage'), { key }))
}

const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000)

describe('what was seen', () => {
  test('survives a reload of its tab, until the user signs out', async () => {
    const page = await loadPage()
    page.fetched()
    pass(10)
    page.fetched()
    page.close()
    const reloaded = await loadPage(false)
    reloaded.signIn('demo')
    expect(reloaded.seen()).toEqual(['on 0–10'])
    pass(10)
    reloaded.fetched(OFF)
    expect(reloaded.seen()).toEqual(['on 0–10', 'off 20–20'])
    expect(reloaded.lastHeadOf(7)).toEqual({ head: 'head1', at: NOW + 10_000 })
    reloaded.signOut()
    reloaded.close()
    expect((await loadPage()).seen()).toEqual([])
    expect(browser.has('bigv.seen demo')).toBe(false)
  })

  test('isn’t noted for a machine that is being created', async () => {
    const page = await loadPage()
    const { machineQueries } = await import('../../../api/virtual-machines.ts')
    const { queryClient } = await import('../../../api/query-client.ts')
    queryClient.setQueryData(machineQueries.detail(REF, 7).queryKey, { vm: machine(OFF), creating: true })
    expect(page.seen()).toEqual([])
  })
})

describe('once it is kept on this computer, what was seen', () => {
  test('is still there after signing out, for the same user only', async () => {
    const page = await loadPage()
    page.keepSeen(true)
    page.fetched()
    pass(10)
    page.fetched()
    page.signOut()
    expect(page.seen()).toEqual([])
    page.signIn('other')
    expect(page.seen()).toEqual([])
    page.signIn('demo')
    expect(page.seen()).toEqual(['on 0–10'])
  })

  test('has what two tabs have seen', async () => {
    const one = await loadPage()
    one.keepSeen(true)
    const other = await loadPage()
    one.fetched()
    pass(100)
    other.fetched(OFF)
    other.close()
    one.close()
    tellOthers()
    const both = ['on 0–0', 'off 100–100']
    expect(one.seen()).toEqual(both)
    expect(other.seen()).toEqual(both)
    expect((await loadPage()).seen()).toEqual(both)
  })

  test('is written every 5 minutes', async () => {
    const page = await loadPage()
    page.keepSeen(true)
    page.fetched()
    const before = browser.get('bigv.seen demo')
    pass(299)
    expect(browser.get('bigv.seen demo')).toBe(before)
    pass(1)
    expect(browser.get('bigv.seen demo')).not.toBe(before)
  })

  test('is forgotten in every tab', async () => {
    const one = await loadPage()
    one.keepSeen(true)
    const other = await loadPage()
    for (const page of [one, other]) page.fetched()
    other.close()
    one.forgetSeen()
    tellOthers()
    for (const page of [one, other, await loadPage()]) expect(page.seen()).toEqual([])
    expect(browser.has('bigv.seen demo')).toBe(false)
  })

  test('is removed from this computer when keeping is turned off', async () => {
    const page = await loadPage()
    page.keepSeen(true)
    page.fetched()
    page.keepSeen(false)
    expect(browser.has('bigv.seen demo')).toBe(false)
    expect(page.seen()).toEqual(['on 0–0'])
  })

  test('stays in memory if the storage is full', async () => {
    const page = await loadPage()
    full = true
    page.fetched()
    page.keepSeen(true)
    expect(browser.has('bigv.seen demo')).toBe(false)
    expect(page.seen()).toEqual(['on 0–0'])
    full = false
    pass(300)
    expect(browser.has('bigv.seen demo')).toBe(true)
  })
})
