import { expect, test } from 'vitest'
import { SENDKEYS } from '../../lib/keyboard-layouts/testing/names.ts'
import { keyboardOf } from './keyboard.ts'

const keysOf = (names: readonly string[]) => {
  const { main, beside, pad } = keyboardOf(names)
  return [...main, ...pad, ...beside].flatMap(({ keys }) => keys)
}

test('the on-screen keyboard enables exactly the keys in BigV’s definitions, each once', () => {
  const named = keysOf([...SENDKEYS, 'new_key']).filter((key) => key.named)
  expect(named.map(({ name }) => name).toSorted()).toEqual([...SENDKEYS, 'new_key'].toSorted())
  expect(keyboardOf([...SENDKEYS, 'new_key']).beside.at(-1)).toMatchObject({
    label: 'Other keys',
    keys: [{ name: 'altgr' }, { name: 'altgr_r' }, { name: 'asterisk' }, { name: 'new_key' }],
  })
})

test('the on-screen keyboard disables character keys that BigV’s definitions lack', () => {
  expect(keysOf([...SENDKEYS]).flatMap(({ name, named }) => (named ? [] : [name]))).toEqual([
    'grave_accent',
    'bracket_left',
    'bracket_right',
    'backslash',
    'semicolon',
    'apostrophe',
  ])
  expect(keysOf([...SENDKEYS, 'semicolon']).find(({ name }) => name === 'semicolon')?.named).toBe(true)
  expect(keysOf(['a']).filter(({ named }) => named)).toEqual([{ name: 'a', named: true }])
})

test('the rows of the on-screen keyboard are equally wide', () => {
  const widths = keyboardOf([...SENDKEYS]).main.map(({ keys }) =>
    keys.reduce((sum, { width = 1 }) => sum + width, 0),
  )
  expect(widths).toEqual([15, 15, 15, 15, 15, 15])
})
