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
  ...(await import('./telling.ts')),
  ...(await import('../../operations/store.ts')),
})

describe('leave', () => {
  test('is asked for once; what was answered stands', async () => {
    const { askLeave } = await load()
    Shown.permission = 'default'
    Shown.requestPermission.mockResolvedValueOnce('granted')
    expect(await askLeave()).toEqual({ by: 'browser' })
    expect(Shown.requestPermission).toHaveBeenCalledTimes(1)
    Shown.permission = 'denied'
    expect(await askLeave()).toMatchObject({ by: 'page', why: expect.stringContaining('was told not to') })
    expect(Shown.requestPermission).toHaveBeenCalledTimes(1)
  })

  test('is said to be missing where there are no notifications, or no https', async () => {
    const { askLeave } = await load()
    vi.stubGlobal('Notification', undefined)
    expect(await askLeave()).toMatchObject({
      by: 'page',
      why: expect.stringContaining('has no notifications'),
    })
    vi.stubGlobal('isSecureContext', false)
    expect(await askLeave()).toMatchObject({ by: 'page', why: expect.stringContaining('https') })
  })
})

describe('the end of an operation', () => {
  test('is told where the user wants it, once, and not otherwise', async () => {
    const { tellWantedEnds, setTold, putOperation, endOperation, toldEnds } = await load()
    tellWantedEnds()
    for (const key of ['a', 'b', 'c']) putOperation(operation({ key, action: 'shut_down' }))
    setTold('a', true)
    setTold('b', true)
    setTold('b', false)
    for (const key of ['a', 'b', 'c']) endOperation(key, 'done', 'It took a while.')
    expect(Shown.all).toEqual([{ title: 'web has shut down', body: 'It took a while.' }])
    expect(toldEnds.get()).toEqual([])
  })

  test('says so where it is another than done', async () => {
    const { tellWantedEnds, setTold, putOperation, endOperation } = await load()
    tellWantedEnds()
    putOperation(operation({ key: 'a', action: 'reimage' }))
    setTold('a', true)
    endOperation('a', 'superseded', 'It was deleted meanwhile.')
    expect(Shown.all).toEqual([{ title: 'Re-image web: superseded', body: 'It was deleted meanwhile.' }])
  })

  test('breaks nothing where the browser shows none after all', async () => {
    const { tellWantedEnds, setTold, putOperation, endOperation } = await load()
    tellWantedEnds()
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
    setTold('a', true)
    endOperation('a', 'done', '')
  })
})
