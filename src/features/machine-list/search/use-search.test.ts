import { expect, test } from 'vitest'
import { ownWrites } from './use-search.ts'

test('recognises a text that it wrote, even if it wrote the next one before this one arrives', () => {
  const own = ownWrites('')
  own.note('web')
  own.note('web is:stopped')
  expect(own.arrived('web')).toBe(true)
  expect(own.arrived('web is:stopped')).toBe(true)
})

test('stops waiting for a search text once a later one has arrived', () => {
  const own = ownWrites('')
  own.note('we')
  own.note('web')
  expect(own.arrived('web')).toBe(true)
  expect(own.arrived('we')).toBe(false)
})

test('treats Back and Forward as outside changes, and continues from the new text', () => {
  const own = ownWrites('web')
  own.note('db')
  expect(own.arrived('db')).toBe(true)
  expect(own.arrived('web')).toBe(false)
  own.note('web')
  expect(own.arrived('web')).toBe(true)
  expect(own.arrived('')).toBe(false)
})
