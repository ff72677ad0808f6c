import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useOpenChannels } from '../lib/testing/open-channels.ts'

const demo = { account: 'acme', username: 'demo', password: 's3cret', otp: 'ccc' }

let browser: Map<string, string>
useOpenChannels()

beforeEach(() => {
  browser = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => browser.get(key) ?? null,
    setItem: (key: string, value: string) => browser.set(key, value),
    removeItem: (key: string) => browser.delete(key),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

/** Opens a tab: with its own modules, joined to the others over a real channel. */
async function tab(username?: string) {
  vi.resetModules()
  const session = await import('./session.ts')
  const tabs = await import('./tabs.ts')
  if (username !== undefined) session.signIn({ ...demo, username }, false)
  tabs.joinTabs()
  const user = () => session.currentSession().credentials?.username ?? null
  return { ...session, ...tabs, user, change: () => changed(session) }
}

/** Resolves at the next change of a tab's session. */
const changed = ({ subscribeSession }: { subscribeSession: (listener: () => void) => () => void }) =>
  new Promise<void>((resolve) => {
    const end = subscribeSession(() => {
      end()
      resolve()
    })
  })

describe('between the tabs of a browser,', () => {
  test('a new tab takes over the session of an open tab, in memory only', async () => {
    await tab('demo')
    const second = await tab()
    await second.askTabs()
    expect(second.currentSession()).toMatchObject({ credentials: demo, remembered: false })
    expect([...browser.values()].join('')).not.toContain('s3cret')
  })

  test('a tab that is already signed in keeps its own user', async () => {
    await tab('demo')
    const second = await tab('colleague')
    const third = await tab()
    await third.askTabs()
    expect(second.user()).toBe('colleague')
  })

  test('an expired session is not shared', async () => {
    const first = await tab('demo')
    const { credentials } = first.currentSession()
    if (credentials) first.refuseCredentials(credentials)
    const second = await tab()
    await second.askTabs()
    expect(second.user()).toBeNull()
  })

  test('no session is shared if the user has turned sharing off', async () => {
    const first = await tab('demo')
    first.setSharesSession(false)
    const second = await tab()
    await second.askTabs()
    expect(second.user()).toBeNull()
    second.setSharesSession(true)
    await second.askTabs()
    expect(second.user()).toBe('demo')
  })

  test('signing out in one tab signs out in all tabs', async () => {
    const first = await tab('demo')
    const second = await tab('demo')
    const change = second.change()
    first.signOutEverywhere()
    await change
    expect([first.user(), second.user()]).toEqual([null, null])
    expect(second.currentSession().signedOut).toBe(true)
    expect(browser.has('bigv.signed-out')).toBe(true)
  })

  test('signing out reaches the other tabs by the storage event, too', async () => {
    const listeners: ((event: { key: string }) => void)[] = []
    vi.stubGlobal('addEventListener', (type: string, listener: (typeof listeners)[number]) => {
      if (type === 'storage') listeners.push(listener)
    })
    vi.stubGlobal('BroadcastChannel', undefined)
    const only = await tab('demo')
    for (const listener of listeners) listener({ key: 'bigv.other' })
    expect(only.user()).toBe('demo')
    for (const listener of listeners) listener({ key: 'bigv.signed-out' })
    expect(only.user()).toBeNull()
  })

  test('a tab that has signed out ignores an answer meant for another tab', async () => {
    const signedOut = await tab('demo')
    signedOut.signOut()
    await tab('demo')
    const third = await tab()
    await third.askTabs()
    expect(third.user()).toBe('demo')
    expect(signedOut.user()).toBeNull()
  })

  test('a tab on the sign-in page ignores an answer meant for another tab', async () => {
    const waiting = await tab()
    await tab('demo')
    const third = await tab()
    await third.askTabs()
    expect([waiting.user(), third.user()]).toEqual([null, 'demo'])
  })

  test('credentials are shared together with their age', async () => {
    const first = await tab()
    first.signIn(demo, false, 1_000)
    const second = await tab()
    await second.askTabs()
    expect(second.currentSession().since).toBe(1_000)
  })

  test('renewed credentials reach the same user’s other tabs, even locked ones, and no others', async () => {
    const [first, second, colleague] = [await tab('demo'), await tab('demo'), await tab('colleague')]
    second.lockSession()
    const change = second.change()
    first.signIn({ ...demo, otp: 'new' }, true)
    first.shareRenewed()
    await change
    expect(second.currentSession()).toMatchObject({
      credentials: { ...demo, otp: 'new' },
      remembered: false,
      expired: false,
      locked: false,
    })
    expect(colleague.user()).toBe('colleague')
    first.setSharesSession(false)
    first.signIn({ ...demo, otp: 'newer' }, true)
    first.shareRenewed()
    await first.askTabs()
    expect(second.currentSession().credentials).toMatchObject({ otp: 'new' })
  })

  test('an answer that has no valid credentials is ignored', async () => {
    const first = await tab()
    const otherChannel = new BroadcastChannel('bigv.session')
    otherChannel.addEventListener('message', ({ data }: MessageEvent<{ id: string }>) =>
      otherChannel.postMessage({ type: 'answer', to: data.id, credentials: { username: 1 } }),
    )
    await first.askTabs()
    expect(first.user()).toBeNull()
  })
})
