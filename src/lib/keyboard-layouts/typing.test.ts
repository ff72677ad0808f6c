import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEAD, layoutFor, LAYOUTS } from './layouts.ts'
import { guestTypes } from './testing/guest.ts'
import { SENDKEYS } from './testing/names.ts'
import { pressesOf, typeText, visible } from './typing.ts'

const without = (missing: string) => new Set([...SENDKEYS].filter((name) => name !== missing))
const layoutNamed = (name: string) => layoutFor(name).layout
const accents = 'áàâäéèêëíìîïóòôöúùûüýÿÁÀÂÄÉÈÊËÍÌÎÏÓÒÔÖÚÙÛÜÝ´`^¨'
// Any text, including lone surrogates. (The unit 'binary' of fc.string takes seconds to set up.)
const anyText = fc
  .array(fc.oneof(fc.nat(0x10ffff), fc.nat(0x17f)))
  .map((points) => String.fromCodePoint(...points))
/** All characters that any layout types, and accented letters. */
const characters = new Set(
  [...LAYOUTS.flatMap(({ keys }) => Object.values(keys).flat().join('')), accents]
    .join('')
    .replaceAll(DEAD, ''),
)

describe.each(LAYOUTS)('the layout $name', (layout) => {
  test('types every character by its key presses', () => {
    const typed = typeText([...characters].join(''), layout, SENDKEYS)
    const able = typed.filter(({ presses }) => presses !== null)
    expect(able.length).toBeGreaterThan(70)
    for (const { character, presses } of able) expect(guestTypes(layout, presses ?? [])).toBe(character)
    expect(guestTypes(layout, pressesOf(able))).toBe(able.map(({ character }) => character).join(''))
  })

  test('can type every character with the keys in the definitions', () => {
    for (const [key, levels] of Object.entries(layout.keys)) {
      if (!SENDKEYS.has(key)) continue
      for (const character of levels.flatMap((each = '') =>
        each === '' || each.startsWith(DEAD) ? [] : [each],
      )) {
        expect(typeText(character, layout, SENDKEYS)[0]?.presses, character).not.toBeNull()
      }
    }
  })

  test('never throws and loses no character, and uses only keys in the definitions', () => {
    const names = fc.subarray([...SENDKEYS]).map((some) => new Set(some))
    fc.assert(
      fc.property(anyText, fc.oneof(names, fc.constant(SENDKEYS)), (text, names) => {
        const typed = typeText(text, layout, names)
        expect(typed.map(({ character }) => character).join('')).toBe(
          text.normalize('NFC').replaceAll(/\r\n?/g, '\n'),
        )
        const used = pressesOf(typed).flatMap((press) => press.split('-'))
        expect(used.filter((key) => !names.has(key))).toEqual([])
      }),
    )
  })

  test('types any text that consists of its characters', () => {
    const able = [...characters].filter((each) => typeText(each, layout, SENDKEYS)[0]?.presses)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...able)), (chosen) => {
        const text = chosen.join('')
        expect(guestTypes(layout, pressesOf(typeText(text, layout, SENDKEYS)))).toBe(text)
      }),
    )
  })
})

// Keys are named by their position on a US keyboard, as in QEMU and in guests' keymaps.
test.each([
  ['en-gb', 'aA1!"£€', ['a', 'shift-a', '1', 'shift-1', 'shift-2', 'shift-3', 'alt_r-4']],
  ['en-gb', '\\|-/.,', ['<', 'shift-<', 'minus', 'slash', 'dot', 'comma']],
  ['en-us', '@#"', ['shift-2', 'shift-3', null]],
  ['en-us', '<>?_+', ['shift-comma', 'shift-dot', 'shift-slash', 'shift-minus', 'shift-equal']],
  ['de', 'zyZ@€{}', ['y', 'z', 'shift-y', 'alt_r-q', 'alt_r-e', 'alt_r-7', 'alt_r-0']],
  [
    'de',
    'ß?\\-_;:|<>/',
    [
      'minus',
      'shift-minus',
      'alt_r-minus',
      'slash',
      'shift-slash',
      'shift-comma',
      'shift-dot',
      'alt_r-<',
      '<',
      'shift-<',
      'shift-7',
    ],
  ],
  ['de', '*+', ['kp_multiply', 'kp_add']],
  ['fr', 'aqwz1&', ['q', 'a', 'z', 'w', 'shift-1', '1']],
  ['fr', '@#{}|\\', ['alt_r-0', 'alt_r-3', 'alt_r-4', 'alt_r-equal', 'alt_r-6', 'alt_r-8']],
  ['fr', ',;:!?./', ['m', 'comma', 'dot', 'slash', 'shift-m', 'shift-comma', 'shift-dot']],
] as const)('the layout %s types %s', (name, text, presses) => {
  const typed = typeText(text, layoutNamed(name), SENDKEYS)
  expect(typed.map(({ presses }) => presses?.join(' ') ?? null)).toEqual(presses)
})

test('typeText presses a dead key before its letter', () => {
  expect(pressesOf(typeText('éÀ`', layoutNamed('de'), SENDKEYS))).toEqual([
    'equal',
    'e',
    'shift-equal',
    'shift-a',
    'shift-equal',
    'spc',
  ])
  // The same accented letter, written as a letter and a combining mark.
  expect(pressesOf(typeText('e\u0301', layoutNamed('de'), SENDKEYS))).toEqual(['equal', 'e'])
})

test('typeText presses Enter once for each line break, even for CRLF, and Tab for a tab', () => {
  expect(pressesOf(typeText('a\r\nb\rc\n\t', layoutNamed('en-gb'), SENDKEYS))).toEqual([
    'a',
    'ret',
    'b',
    'ret',
    'c',
    'ret',
    'tab',
  ])
})

test.each([
  ['en-gb', ';', 'needs the key right of L (semicolon on a US keyboard), which BigV can’t send'],
  ['en-gb', "'", 'needs the second key right of L (apostrophe on a US keyboard), which BigV can’t send'],
  ['en-gb', '@', 'needs the second key right of L (apostrophe on a US keyboard), which BigV can’t send'],
  ['en-gb', '[', 'needs the key right of P (left bracket on a US keyboard), which BigV can’t send'],
  ['en-gb', ']', 'needs the second key right of P (right bracket on a US keyboard), which BigV can’t send'],
  ['en-us', '\\', 'needs the key beside Enter (backslash on a US keyboard), which BigV can’t send'],
  ['en-us', '`', 'needs the key left of 1 (grave on a US keyboard), which BigV can’t send'],
  ['fr', 'm', 'needs the key right of L (semicolon on a US keyboard), which BigV can’t send'],
  ['en-gb', 'ł', 'is not on the keyboard “English (UK)”'],
  ['en-gb', '\u0007', 'is a control character that no key types'],
])('the layout %s can’t type %j, which %s', (name, character, problem) => {
  expect(typeText(character, layoutNamed(name), SENDKEYS)).toEqual([{ character, presses: null, problem }])
})

test('typeText reports a key missing from the definitions, unless another key does the same', () => {
  expect(typeText('b', layoutNamed('en-gb'), without('b'))[0]).toMatchObject({
    problem: 'needs the key b, which BigV can’t send',
  })
  expect(typeText('B', layoutNamed('en-gb'), without('shift'))[0]?.presses).toEqual(['shift_r-b'])
  expect(typeText('€', layoutNamed('en-gb'), without('alt_r'))[0]?.presses).toEqual(['altgr-4'])
  expect(typeText('-', layoutNamed('en-gb'), without('minus'))[0]?.presses).toEqual(['kp_subtract'])
})

test('an invisible character is described by a symbol or a code point', () => {
  expect([' ', '\n', '\t', 'x', '\u0007', '\u202e', '\u0301', '\ud800'].map(visible)).toEqual([
    '␣',
    '⏎',
    '⇥',
    'x',
    'U+0007',
    'U+202E',
    'U+0301',
    'U+D800',
  ])
})

test('layoutFor returns the UK layout if the keymap is unknown', () => {
  expect(layoutFor('de')).toMatchObject({ layout: { name: 'de' }, known: true })
  for (const keymap of [null, undefined, 'sv', '__proto__']) {
    expect(layoutFor(keymap)).toMatchObject({ layout: { name: 'en-gb' }, known: false })
  }
})
