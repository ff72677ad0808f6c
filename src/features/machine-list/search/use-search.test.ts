import { expect, test } from 'vitest'
import { ownWrites } from './use-search.ts'

test('what was written comes back as our own, also when the next is written before', () => {
  const own = ownWrites('')
  own.note('web')
  own.note('web is:stopped')
  expect(own.arrived('web')).toBe(true)
  expect(own.arrived('web is:stopped')).toBe(true)
})

test('one that another has overtaken is not waited for', () => {
  const own = ownWrites('')
  own.note('we')
  own.note('web')
  expect(own.arrived('web')).toBe(true)
  expect(own.arrived('we')).toBe(false)
})

test('going back and forward is not ours, and where one came to is known afterwards', () => {
  const own = ownWrites('web')
  own.note('db')
  expect(own.arrived('db')).toBe(true)
  expect(own.arrived('web')).toBe(false)
  own.note('web')
  expect(own.arrived('web')).toBe(true)
  expect(own.arrived('')).toBe(false)
})
