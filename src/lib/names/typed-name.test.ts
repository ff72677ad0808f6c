import { expect, test } from 'vitest'
import { isTyped } from './typed-name.ts'

test.each([
  ['web1', 'web1', true],
  ['web', 'web1', false],
  ['Web1', 'web1', false],
  ['', 'web1', false],
  ['a<U+202E>b', 'a\u202Eb', true],
  ['a\u202Eb', 'a\u202Eb', true],
  ['ab', 'a\u202Eb', false],
  ['a\u200Bb', 'ab', false],
  ['a b', 'a\n  b', true],
  ['ab', 'a b', false],
])('%j types the name %j: %s', (typed, name, is) => expect(isTyped(typed, name)).toBe(is))
