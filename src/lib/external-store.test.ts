import { expect, test } from 'vitest'
import { externalStore } from './external-store.ts'

test('a store tells of changes, of nothing else, and to nobody who has left', () => {
  const store = externalStore('a')
  const heard: string[] = []
  const end = store.subscribe(() => heard.push(store.get()))
  store.set('b')
  store.set('b')
  store.set('c')
  end()
  store.set('d')
  expect(heard).toEqual(['b', 'c'])
  expect(store.get()).toBe('d')
})
