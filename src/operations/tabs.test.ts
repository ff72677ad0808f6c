import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Operation } from './operation.ts'
import { operation } from './testing/samples.ts'

const DEMO = { account: 'acme', username: 'demo', password: 'demo', otp: '' }

let channels: BroadcastChannel[]

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    now: 1_000_000,
  })
  channels = []
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
  vi.useRealTimers()
})

/** Opens a tab: modules and a window of its own, joined to the others over a real channel. */
async function tab(username = 'demo', own: readonly Operation[] = []) {
  vi.resetModules()
  const leaving: (() => void)[] = []
  vi.stubGlobal('addEventListener', (_: string, listener: () => void) => leaving.push(listener))
  const { signIn } = await import('../session/session.ts')
  const store = await import('./store.ts')
  const { shareOperations } = await import('./stored-operations.ts')
  signIn({ ...DEMO, username }, false)
  for (const one of own) store.putOperation(one)
  shareOperations()
  return {
    ...store,
    leave: () => leaving.forEach((listener) => listener()),
    /** Waits until the tab's operations are as the test says. */
    until: (fits: (list: readonly Operation[]) => boolean) =>
      new Promise<readonly Operation[]>((resolve) => {
        const look = () => {
          if (!fits(store.operations())) return
          end()
          resolve(store.operations())
        }
        const end = store.subscribeOperations(look)
        look()
      }),
  }
}

const theirs = (given: Partial<Operation> = {}) => operation({ otherTab: true, ...given })

describe('the operations of the other tabs', () => {
  test('are shown as they go, until they end', async () => {
    const [first, second] = [await tab(), await tab()]
    first.putOperation(operation({ phase: 'sending' }))
    expect(await second.until((list) => list.length === 1)).toEqual([theirs({ phase: 'sending' })])
    first.updateOperation('k', { phase: 'waiting' })
    await second.until(([one]) => one?.phase === 'waiting')
    first.endOperation('k', 'done', 'well')
    expect(await second.until(([one]) => one?.phase === 'ended')).toMatchObject([
      { outcome: 'done', note: 'well' },
    ])
  })

  test('are not announced as ends of this tab', async () => {
    const [first, second] = [await tab(), await tab()]
    const told: unknown[] = []
    second.onOperationEnd((ended) => told.push(ended))
    first.putOperation(operation())
    await second.until((list) => list.length === 1)
    first.endOperation('k', 'done', '')
    await second.until(([one]) => one?.phase === 'ended')
    expect(told).toEqual([])
  })

  test('are told to a tab that is opened later, those running', async () => {
    const ended = operation({ key: 'old', phase: 'ended', outcome: 'done' })
    await tab('demo', [ended, operation()])
    const second = await tab()
    expect(await second.until((list) => list.length > 0)).toEqual([theirs()])
  })

  test('go when they are taken out', async () => {
    const first = await tab()
    const second = await tab()
    first.putOperation(operation({ phase: 'checking' }))
    await second.until((list) => list.length === 1)
    first.removeOperation('k')
    await second.until((list) => list.length === 0)
  })

  test('do not stand in for this tab’s own of the same key, nor come back as theirs', async () => {
    const first = await tab('demo', [operation()])
    const second = await tab()
    await second.until((list) => list.length === 1)
    second.updateOperation('k', { note: 'seen here' })
    first.putOperation(operation({ key: 'next' }))
    await second.until((list) => list.length === 2)
    expect(first.operations().map(({ otherTab }) => otherTab)).toEqual([false, false])
  })

  test('are the same user’s only', async () => {
    const first = await tab('demo')
    const stranger = await tab('colleague')
    const second = await tab('demo')
    first.putOperation(operation())
    await second.until((list) => list.length === 1)
    expect(stranger.operations()).toEqual([])
  })

  test('go when their tab has crashed: it says no word any more', async () => {
    await tab('demo', [operation({ phase: 'sending' })])
    const second = await tab()
    await second.until((list) => list.length === 1)
    if (channels[0]) channels[0].postMessage = () => {}
    vi.advanceTimersByTime(120_000)
    expect(second.operations()).toHaveLength(1)
    vi.advanceTimersByTime(60_000)
    expect(second.operations()).toEqual([])
  })

  test('go when their tab was left, and stay when it was only loaded anew', async () => {
    const first = await tab('demo', [operation({ key: 'gone' }), operation({ key: 'reloaded' })])
    const second = await tab()
    await second.until((list) => list.length === 2)
    const heard = new Promise<void>((resolve) => {
      const ear = new BroadcastChannel('bigv.operations')
      ear.addEventListener('message', ({ data }: MessageEvent<{ type: string }>) => {
        if (data.type === 'left') resolve()
      })
    })
    vi.setSystemTime(Date.now() + 1_000)
    first.leave()
    await heard
    channels[0]?.close()
    vi.setSystemTime(Date.now() + 1_000)
    await tab('demo', [operation({ key: 'reloaded', note: 'again' })])
    await second.until((list) => list.some(({ note }) => note === 'again'))
    vi.advanceTimersByTime(10_000)
    expect(second.operations().map(({ key }) => key)).toEqual(['reloaded'])
  })
})
