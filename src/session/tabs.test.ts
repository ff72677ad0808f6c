import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const demo = { account: 'acme', username: 'demo', password: 's3cret', otp: 'ccc' }

let browser: Map<string, string>
let channels: BroadcastChannel[]

beforeEach(() => {
  browser = new Map()
  channels = []
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => browser.get(key) ?? null,
    setItem: (key: string, value: string) => browser.set(key, value),
    removeItem: (key: string) => browser.delete(key),
  })
  const Real = BroadcastChannel
  vi.stubGlobal(
    'BroadcastChannel',
    class extends Real {
      constructor(name: string) {
        super(name)
        channels.push(this)
      }
    },
  )
})
afterEach(() => {
  for (const channel of channels) channel.close()
  vi.unstubAllGlobals()
})

/** Opens a tab: modules of its own, joined to the others over a real channel. */
async function tab(username?: string) {
  vi.resetModules()
  const session = await import('./session.ts')
  const tabs = await import('./tabs.ts')
  if (username !== undefined) session.signIn({ ...demo, username }, false)
  tabs.joinTabs()
  const user = () => session.currentSession().credentials?.username ?? null
  return { ...session, ...tabs, user, change: () => changed(session) }
}

/** The next change of a tab's session. */
const changed = ({ subscribeSession }: { subscribeSession: (listener: () => void) => () => void }) =>
  new Promise<void>((resolve) => {
    const end = subscribeSession(() => {
      end()
      resolve()
    })
  })

describe('the tabs of one origin', () => {
  test('a new tab takes over the session of an open one, in memory only', async () => {
    await tab('demo')
    const second = await tab()
    await second.askTabs()
    expect(second.currentSession()).toMatchObject({ credentials: demo, remembered: false })
    expect([...browser.values()].join('')).not.toContain('s3cret')
  })

  test('a tab that is signed in keeps its own user', async () => {
    await tab('demo')
    const second = await tab('colleague')
    const third = await tab()
    await third.askTabs()
    expect(second.user()).toBe('colleague')
  })

  test('a session that BigV no longer takes is not passed on', async () => {
    const first = await tab('demo')
    const { credentials } = first.currentSession()
    if (credentials) first.refuseCredentials(credentials)
    const second = await tab()
    await second.askTabs()
    expect(second.user()).toBeNull()
  })

  test('nothing is passed on where that is switched off', async () => {
    const first = await tab('demo')
    first.setSharesSession(false)
    const second = await tab()
    await second.askTabs()
    expect(second.user()).toBeNull()
    second.setSharesSession(true)
    await second.askTabs()
    expect(second.user()).toBe('demo')
  })

  test('signing out ends all', async () => {
    const first = await tab('demo')
    const second = await tab('demo')
    const over = second.change()
    first.signOutEverywhere()
    await over
    expect([first.user(), second.user()]).toEqual([null, null])
    expect(second.currentSession().signedOut).toBe(true)
    expect(browser.has('bigv.signed-out')).toBe(true)
  })

  test('signing out ends those that hear of it by the storage alone', async () => {
    const heard: ((event: { key: string }) => void)[] = []
    vi.stubGlobal('addEventListener', (type: string, listener: (typeof heard)[number]) => {
      if (type === 'storage') heard.push(listener)
    })
    vi.stubGlobal('BroadcastChannel', undefined)
    const only = await tab('demo')
    for (const listener of heard) listener({ key: 'bigv.other' })
    expect(only.user()).toBe('demo')
    for (const listener of heard) listener({ key: 'bigv.signed-out' })
    expect(only.user()).toBeNull()
  })

  test('a tab where the user has signed out is not signed in by an answer to another', async () => {
    const left = await tab('demo')
    left.signOut()
    await tab('demo')
    const third = await tab()
    await third.askTabs()
    expect(third.user()).toBe('demo')
    expect(left.user()).toBeNull()
  })

  test('a tab at its sign-in page is not signed in by an answer to another', async () => {
    const waits = await tab()
    await tab('demo')
    const third = await tab()
    await third.askTabs()
    expect([waits.user(), third.user()]).toEqual([null, 'demo'])
  })

  test('the age of the credentials goes along with them', async () => {
    const first = await tab()
    first.signIn(demo, false, 1_000)
    const second = await tab()
    await second.askTabs()
    expect(second.currentSession().since).toBe(1_000)
  })

  test('signing in again is for the other tabs of the same user too, whatever was ended there; for no others', async () => {
    const [first, second, colleague] = [await tab('demo'), await tab('demo'), await tab('colleague')]
    second.lockSession()
    const changes = second.change()
    first.signIn({ ...demo, otp: 'new' }, true)
    first.shareRenewed()
    await changes
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

  test('an answer without credentials is put up with', async () => {
    const first = await tab()
    const stranger = new BroadcastChannel('bigv.session')
    stranger.addEventListener('message', ({ data }: MessageEvent<{ id: string }>) =>
      stranger.postMessage({ type: 'answer', to: data.id, credentials: { username: 1 } }),
    )
    await first.askTabs()
    expect(first.user()).toBeNull()
  })
})
