import { afterEach, describe, expect, test, vi } from 'vitest'
import { browserStorage, tabStorage } from './storage.ts'

function storage(): Storage {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    clear: () => entries.clear(),
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  }
}

describe('storage', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('keeps values, each kind in its own place', () => {
    vi.stubGlobal('sessionStorage', storage())
    vi.stubGlobal('localStorage', storage())
    tabStorage.write('key', { a: [1, null] })
    expect(tabStorage.read('key')).toEqual({ a: [1, null] })
    expect(browserStorage.read('key')).toBeNull()
    tabStorage.remove('key')
    expect(tabStorage.read('key')).toBeNull()
  })

  test('what is broken reads as nothing', () => {
    const broken = storage()
    broken.setItem('key', '{"a"')
    vi.stubGlobal('sessionStorage', broken)
    expect(tabStorage.read('key')).toBeNull()
  })

  test.each(['sessionStorage', 'localStorage'])('a browser that forbids %s is put up with', (kind) => {
    vi.stubGlobal(kind, undefined)
    const forbidden = kind === 'sessionStorage' ? tabStorage : browserStorage
    expect(() => forbidden.write('key', 1)).not.toThrow()
    expect(forbidden.read('key')).toBeNull()
    expect(() => forbidden.remove('key')).not.toThrow()
  })

  test('one that is full, too', () => {
    const full = storage()
    full.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    vi.stubGlobal('localStorage', full)
    expect(() => browserStorage.write('key', 1)).not.toThrow()
  })
})
