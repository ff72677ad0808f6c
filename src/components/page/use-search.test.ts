import { expect, test } from 'vitest'
import { ownWrites } from './use-search.ts'

test('the search box recognises its own texts in the URL, even if they arrive late', () => {
  const own = ownWrites('')
  own.note('web')
  own.note('web is:stopped')
  expect(own.arrived('web')).toBe(true)
  expect(own.arrived('web is:stopped')).toBe(true)
})

test('the search box no longer expects a typed text in the URL once a newer text is there', () => {
  const own = ownWrites('')
  own.note('we')
  own.note('web')
  expect(own.arrived('web')).toBe(true)
  expect(own.arrived('we')).toBe(false)
})

test('the search box follows Back and Forward, and continues from the text in the URL', () => {
  const own = ownWrites('web')
  own.note('db')
  expect(own.arrived('db')).toBe(true)
  expect(own.arrived('web')).toBe(false)
  own.note('web')
  expect(own.arrived('web')).toBe(true)
  expect(own.arrived('')).toBe(false)
})
