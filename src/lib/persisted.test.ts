import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { currentUser, persisted, readStored, removeStored, storedValue, writeStored } from './persisted.ts'
import { validEntries, z } from './schema.ts'
import { createStore } from './store.ts'
import { fakeStorage } from './testing/fake-storage.ts'

let tab: Map<string, string>
let browser: Map<string, string>
let page: EventTarget

beforeEach(() => {
  tab = new Map()
  browser = new Map()
  page = new EventTarget()
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => tab),
  )
  vi.stubGlobal(
    'localStorage',
    fakeStorage(() => browser),
  )
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
})
afterEach(() => {
  currentUser.set(undefined)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Writes a record as if from another tab. */
function otherTabWrites(key: string, text: string): void {
  browser.set(key, text)
  page.dispatchEvent(Object.assign(new Event('storage'), { key }))
}

const numbers = validEntries(z.number())
const ofBrowser = { key: 'bigv.x', where: 'browser', schema: z.string() } as const
const ofUser = { ...ofBrowser, perUser: true }
const ofTab = { key: 'bigv.x', where: 'tab', schema: numbers } as const

describe('a stored value', () => {
  test('is read only from the storage that it was written to', () => {
    expect(writeStored('tab', 'bigv.x', { a: [1, null] })).toBe(true)
    expect(readStored('tab', 'bigv.x')).toEqual({ a: [1, null] })
    expect(readStored('browser', 'bigv.x')).toBeUndefined()
    writeStored('tab', 'bigv.x', undefined)
    expect(readStored('tab', 'bigv.x')).toBeUndefined()
  })

  test('is undefined if it doesn’t match the schema', () => {
    const value = storedValue(ofTab)
    for (const text of ['{"a"', 'null', '{}', '7', '']) {
      tab.set('bigv.x', text)
      expect(value.read()).toBeUndefined()
    }
    tab.set('bigv.x', '[1, "2", null, 3]')
    expect(value.read()).toEqual([1, 3])
  })

  test('can belong to a user, and is neither read nor written while they are signed out', () => {
    const value = storedValue(ofUser)
    expect([value.write('signed out'), value.read(), browser.size]).toEqual([false, undefined, 0])
    currentUser.set('demo')
    value.write('mine')
    currentUser.set('colleague')
    expect(value.read()).toBeUndefined()
    value.write('theirs')
    currentUser.set('demo')
    expect(value.read()).toBe('mine')
    expect([...browser.keys()]).toEqual(['bigv.x demo', 'bigv.x colleague'])
  })

  test('can be removed by the prefix of its key', () => {
    for (const key of ['bigv.a', 'bigv.b', 'other']) tab.set(key, '1')
    removeStored('tab', 'bigv.')
    expect([...tab.keys()]).toEqual(['other'])
  })

  test.each([
    ['missing', undefined],
    [
      'forbidden',
      new Proxy(
        {},
        {
          get: () => () => {
            throw new Error('no')
          },
        },
      ),
    ],
  ])('never throws if the storage is %s', (_, storage) => {
    vi.stubGlobal('sessionStorage', storage)
    vi.stubGlobal('localStorage', storage)
    const store = persisted(createStore('first'), ofBrowser)
    store.set('second')
    expect(store.get()).toBe('second')
    expect(readStored('tab', 'bigv.x')).toBeUndefined()
    expect(writeStored('tab', 'bigv.x', 1)).toBe(false)
    expect(() => removeStored('tab', 'bigv.')).not.toThrow()
  })
})

describe('a persisted store', () => {
  test('starts with the stored value, and writes each change', () => {
    browser.set('bigv.x', '"stored"')
    const store = persisted(createStore('first'), ofBrowser)
    expect(store.get()).toBe('stored')
    store.set('next')
    expect(browser.get('bigv.x')).toBe('"next"')
  })

  test('writes nothing before the first change', () => {
    browser.set('bigv.x', '7')
    expect(persisted(createStore('first'), ofBrowser).get()).toBe('first')
    expect(browser.get('bigv.x')).toBe('7')
  })

  test('reads an earlier version’s value, and writes it in the current form', () => {
    const schema = z.pipe(
      z.transform((stored) => (stored === 'old' ? 'new' : stored)),
      z.enum(['new', 'first']),
    )
    browser.set('bigv.x', 'old')
    const store = persisted(createStore<'new' | 'first'>('first'), { ...ofBrowser, schema })
    expect(store.get()).toBe('new')
    store.set('first')
    store.set('new')
    expect(browser.get('bigv.x')).toBe('"new"')
  })

  test('writes only the part that `save` returns, and no record for undefined', () => {
    currentUser.set('demo')
    const store = persisted(createStore<number[]>([]), {
      ...ofTab,
      save: (list) => (list.length === 0 ? undefined : list.filter((each) => each > 0)),
    })
    store.set([1, -1])
    expect(tab.get('bigv.x')).toBe('[1]')
    store.set([])
    expect(tab.has('bigv.x')).toBe(false)
  })

  test.each([
    ['removes a tab’s outdated record', 'tab', undefined],
    ['keeps the browser’s outdated record', 'browser', '[1]'],
  ] as const)('%s if the storage is full', (_, where, left) => {
    currentUser.set('demo')
    const entries = where === 'tab' ? tab : browser
    const store = persisted(createStore<number[]>([]), { ...ofTab, where })
    store.set([1])
    vi.spyOn(entries, 'set').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    store.set([1, 2])
    expect(store.get()).toEqual([1, 2])
    expect(entries.get('bigv.x')).toBe(left)
  })

  test('follows changes in other tabs without writing them again', () => {
    const store = persisted(createStore('first'), ofBrowser)
    const write = vi.spyOn(browser, 'set')
    otherTabWrites('bigv.y', '"other"')
    expect(store.get()).toBe('first')
    otherTabWrites('bigv.x', '"theirs"')
    expect(store.get()).toBe('theirs')
    expect(write).toHaveBeenCalledTimes(2)
    // A value that the store has just read isn't written, but a listener's change is.
    const end = store.subscribe((now) => now === 'bad' && store.set('better'))
    otherTabWrites('bigv.x', '"bad"')
    end()
    expect([store.get(), browser.get('bigv.x')]).toEqual(['better', '"better"'])
  })

  test('follows the signed-in user, and changes in that user’s other tabs', () => {
    const store = persisted(createStore(''), ofUser)
    currentUser.set('demo')
    store.set('mine')
    currentUser.set('colleague')
    expect(store.get()).toBe('')
    currentUser.set('demo')
    otherTabWrites('bigv.x colleague', '"theirs"')
    expect(store.get()).toBe('mine')
    otherTabWrites('bigv.x demo', '"newer"')
    expect(store.get()).toBe('newer')
    currentUser.set(undefined)
    expect(store.get()).toBe('')
    expect(browser.get('bigv.x demo')).toBe('"newer"')
  })

  test('belongs to its user if it is in a tab, and isn’t overwritten before they sign in', () => {
    tab.set('bigv.x', '[1]')
    const store = persisted(createStore<number[]>([]), ofTab)
    store.set([])
    expect(tab.get('bigv.x')).toBe('[1]')
    currentUser.set('demo')
    expect(store.get()).toEqual([1])
    removeStored('tab', 'bigv.')
    currentUser.set('colleague')
    expect(store.get()).toEqual([])
    expect([...tab]).toEqual([])
  })
})

test('a change made just when another user signs in is stored for neither of them', () => {
  const store = createStore<number[]>([])
  const end = currentUser.subscribe(() => store.set([7]))
  persisted(store, ofTab)
  currentUser.set('demo')
  store.set([1])
  currentUser.set('colleague')
  end()
  expect(tab.get('bigv.x')).toBe('[1]')
  expect(store.get()).toEqual([1])
})

const delayed = () =>
  persisted(createStore<number[]>([]), { ...ofTab, writeAfterMs: ({ length }) => (length < 3 ? 0 : 200) })

describe('delayed writes to the storage', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    currentUser.set('demo')
  })

  test('are combined into one after the delay', () => {
    const store = delayed()
    store.set([1])
    expect(tab.get('bigv.x')).toBe('[1]')
    store.set([1, 2, 3])
    vi.advanceTimersByTime(199)
    store.set([1, 2, 3, 4])
    expect(tab.get('bigv.x')).toBe('[1]')
    const write = vi.spyOn(tab, 'set')
    vi.advanceTimersByTime(1_000)
    expect(tab.get('bigv.x')).toBe('[1,2,3,4]')
    expect(write).toHaveBeenCalledTimes(1)
  })

  test('happen at once when the page closes', () => {
    delayed().set([1, 2, 3])
    page.dispatchEvent(new Event('pagehide'))
    expect(tab.get('bigv.x')).toBe('[1,2,3]')
  })

  test('are dropped when the user signs out', () => {
    delayed().set([1, 2, 3])
    removeStored('tab', 'bigv.')
    currentUser.set(undefined)
    vi.advanceTimersByTime(1_000)
    expect([...tab]).toEqual([])
  })
})
