import { expect, test } from 'vitest'
import { SENDKEYS } from '../../lib/keyboard-layouts/testing/names.ts'
import { keyboardOf } from './keyboard.ts'

const keysOf = (names: readonly string[]) => {
  const { main, beside, pad } = keyboardOf(names)
  return [...main, ...pad, ...beside].flatMap(({ keys }) => keys)
}

test('every name of the definitions is a key, once, and only those can be pressed', () => {
  const named = keysOf([...SENDKEYS, 'new_key']).filter((key) => key.named)
  expect(named.map(({ name }) => name).toSorted()).toEqual([...SENDKEYS, 'new_key'].toSorted())
  expect(keyboardOf([...SENDKEYS, 'new_key']).beside.at(-1)).toMatchObject({
    label: 'Other keys',
    keys: [{ name: 'altgr' }, { name: 'altgr_r' }, { name: 'asterisk' }, { name: 'new_key' }],
  })
})

test('keys that the definitions lack keep their places where a text would need them', () => {
  expect(keysOf([...SENDKEYS]).flatMap(({ name, named }) => (named ? [] : [name]))).toEqual([
    'grave_accent',
    'bracket_left',
    'bracket_right',
    'semicolon',
    'apostrophe',
    'backslash',
  ])
  expect(keysOf([...SENDKEYS, 'semicolon']).find(({ name }) => name === 'semicolon')?.named).toBe(true)
  expect(keysOf(['a']).filter(({ named }) => named)).toEqual([{ name: 'a', named: true }])
})
