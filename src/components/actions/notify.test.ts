import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { operation } from '../../operations/testing/samples.ts'

class Shown {
  static permission = 'granted'
  static requestPermission = vi.fn(async () => Shown.permission)
  static all: { title: string; body: string }[] = []
  constructor(title: string, { body }: { body: string }) {
    Shown.all.push({ title, body })
  }
  addEventListener() {}
}

beforeEach(() => {
  vi.resetModules()
  Object.assign(Shown, { permission: 'granted', all: [] })
  Shown.requestPermission.mockClear()
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('Notification', Shown)
})
afterEach(() => vi.unstubAllGlobals())

const load = async () => ({
  ...(await import('./notify.ts')),
  ...(await import('../../operations/store.ts')),
})

describe('permission for notifications', () => {
  test('is requested once', async () => {
    const { whyNoNotifications } = await load()
    Shown.permission = 'default'
    Shown.requestPermission.mockResolvedValueOnce('granted')
    expect(await whyNoNotifications()).toBeNull()
    expect(Shown.requestPermission).toHaveBeenCalledTimes(1)
    Shown.permission = 'denied'
    expect(await whyNoNotifications()).toContain('blocked for this site')
    expect(Shown.requestPermission).toHaveBeenCalledTimes(1)
  })

  test('is unavailable without https or the Notification API, with that as its reason', async () => {
    const { whyNoNotifications } = await load()
    vi.stubGlobal('Notification', undefined)
    expect(await whyNoNotifications()).toContain('support notifications')
    vi.stubGlobal('isSecureContext', false)
    expect(await whyNoNotifications()).toContain('https')
  })
})

describe('the end of an operation', () => {
  test('notifies the user once if they asked for it', async () => {
    const { notifyOfEnds, setNotify, putOperation, endOperation, notifyKeys } = await load()
    notifyOfEnds()
    for (const key of ['a', 'b', 'c']) putOperation(operation({ key, action: 'shut_down' }))
    setNotify('a', true)
    setNotify('b', true)
    setNotify('b', false)
    for (const key of ['a', 'b', 'c']) endOperation(key, 'done', 'It took a while.')
    expect(Shown.all).toEqual([{ title: 'web has shut down', body: 'It took a while.' }])
    expect(notifyKeys.get()).toEqual([])
  })

  test('notifies the user whatever the outcome', async () => {
    const { notifyOfEnds, setNotify, putOperation, endOperation } = await load()
    notifyOfEnds()
    putOperation(operation({ key: 'a', action: 'reimage' }))
    setNotify('a', true)
    endOperation('a', 'superseded', 'The machine was deleted in the meantime.')
    expect(Shown.all).toEqual([
      { title: 'Re-image web: superseded', body: 'The machine was deleted in the meantime.' },
    ])
  })

  test('throws nothing if the browser cannot show notifications', async () => {
    const { notifyOfEnds, setNotify, putOperation, endOperation } = await load()
    notifyOfEnds()
    vi.stubGlobal(
      'Notification',
      class {
        static permission = 'granted'
        constructor() {
          throw new TypeError('Illegal constructor')
        }
      },
    )
    putOperation(operation({ key: 'a' }))
    setNotify('a', true)
    endOperation('a', 'done', '')
  })
})
