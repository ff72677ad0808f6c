import { expect, test, vi } from 'vitest'
import { createEmitter, createStore } from './store.ts'

test('a store notifies its current listeners when its value changes, and only then', () => {
  const store = createStore('a')
  const calls: string[] = []
  const end = store.subscribe((now, before) => calls.push(before + now + store.get()))
  store.set('b')
  store.set('b')
  store.set((now) => `${now}c`)
  end()
  store.set('d')
  expect(calls).toEqual(['abb', 'bbcbc'])
  expect(store.get()).toBe('d')
})

test('a component gets a store’s value or a part, which stays the same if other parts change', async () => {
  let read: (() => unknown) | undefined
  vi.resetModules()
  vi.doMock('react', () => ({
    useSyncExternalStore: (_: unknown, get: () => unknown) => (read = get)(),
  }))
  const { createStore: createStoreForTest } = await import('./store.ts')
  const store = createStoreForTest({ name: 'web', ids: [1] })
  expect(store.use()).toBe(store.get())
  expect(store.use(({ ids }) => ids)).toEqual([1])
  const before = read?.()
  store.set((now) => ({ ...now, name: 'db' }))
  expect(read?.()).toBe(before)
  store.set((now) => ({ ...now, ids: [2] }))
  expect(read?.()).toEqual([2])
  vi.doUnmock('react')
  vi.resetModules()
})

test('an emitter calls its listeners until they unsubscribe', () => {
  const ended = createEmitter<[string]>()
  const calls: string[] = []
  const end = ended.on((key) => calls.push(key))
  ended.emit('a')
  end()
  ended.emit('b')
  expect(calls).toEqual(['a'])
})
