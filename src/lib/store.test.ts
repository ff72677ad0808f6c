import { expect, test, vi } from 'vitest'
import { createEmitter, createStore } from './store.ts'

test('a store notifies of changes, of nothing else, and nobody who has left', () => {
  const store = createStore('a')
  const heard: string[] = []
  const end = store.subscribe((now, before) => heard.push(before + now + store.get()))
  store.set('b')
  store.set('b')
  store.set((now) => `${now}c`)
  end()
  store.set('d')
  expect(heard).toEqual(['abb', 'bbcbc'])
  expect(store.get()).toBe('d')
})

test('a component gets the value, or the part that it selects, which stays the same while only others change', async () => {
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

test('an emitter calls those who listen, until they leave', () => {
  const ended = createEmitter<[string]>()
  const heard: string[] = []
  const end = ended.on((key) => heard.push(key))
  ended.emit('a')
  end()
  ended.emit('b')
  expect(heard).toEqual(['a'])
})
