import { keyPhrase } from './keys.ts'
import { accented, DEAD, HELD, type KeyboardLayout } from './layouts.ts'

/** A character and the presses that type it. Each press is one `data` of a request: key names joined by dashes. */
export type TypedCharacter =
  | { character: string; presses: readonly string[] }
  | { character: string; presses: null; problem: string }

/** One way to type a character: its presses in order, and the key names in them. */
interface Way {
  presses: readonly string[]
  keys: readonly string[]
}

/** Number pad keys that type the same characters in every layout, with or without NumLock. */
const PAD: Readonly<Record<string, readonly string[]>> = {
  '*': ['kp_multiply', 'asterisk'],
  '/': ['kp_divide'],
  '-': ['kp_subtract'],
  '+': ['kp_add'],
}

/** For each character, the presses that type it on a keyboard layout, or why it can't be typed. Uses only key names that BigV defines. */
export function typeText(text: string, layout: KeyboardLayout, names: ReadonlySet<string>): TypedCharacter[] {
  const ways = waysOf(layout, names)
  return Array.from(text.normalize('NFC').replaceAll(/\r\n?/g, '\n'), (character) => {
    const known = ways.get(character) ?? []
    const way = known.find(({ keys }) => keys.every((key) => names.has(key)))
    if (way !== undefined) return { character, presses: way.presses }
    const lacking = known[0]?.keys.find((key) => !names.has(key))
    return { character, presses: null, problem: problemOf(character, layout, lacking) }
  })
}

/** The presses that type a text, in order. Characters that can't be typed are skipped. */
export function pressesOf(typed: readonly TypedCharacter[]): string[] {
  return typed.flatMap(({ presses }) => presses ?? [])
}

/** A character in visible form: an invisible one becomes a symbol or its code point. */
export function visible(character: string): string {
  switch (character) {
    case '\n':
      return '⏎'
    case '\t':
      return '⇥'
    case ' ':
      return '␣'
    default:
      return /[\p{C}\p{Z}\p{M}]/u.test(character) ? codePoint(character) : character
  }
}

/** All ways to type each character in a layout, starting with the fewest presses and modifiers. */
function waysOf(layout: KeyboardLayout, names: ReadonlySet<string>): Map<string, Way[]> {
  const ways = new Map<string, Way[]>()
  const add = (character: string, way: Way) => ways.set(character, [...(ways.get(character) ?? []), way])
  const singles = [...cellsOf(layout, names)]
  for (const { types, way } of singles) if (!types.startsWith(DEAD)) add(types, way)
  for (const [character, keys] of Object.entries(PAD)) {
    for (const key of keys) add(character, { presses: [key], keys: [key] })
  }
  for (const dead of singles.filter(({ types }) => types.startsWith(DEAD))) {
    for (const { types, way } of singles) {
      const whole = accented(dead.types.slice(DEAD.length), types)
      if (whole === null) continue
      add(whole, {
        presses: [...dead.way.presses, ...way.presses],
        keys: [...dead.way.keys, ...way.keys],
      })
    }
  }
  return ways
}

function* cellsOf({ keys }: KeyboardLayout, names: ReadonlySet<string>) {
  for (const [level, held] of HELD.entries()) {
    const modifiers = held.map((modifier) => nameOf(modifier, names))
    for (const [key, levels] of Object.entries(keys)) {
      const types = levels[level]
      if (types) yield { types, way: { presses: [[...modifiers, key].join('-')], keys: [...modifiers, key] } }
    }
  }
}

// On a PC, AltGr is the right Alt. QEMU's own "altgr" is a scancode that guests have no key for (key_defs in QEMU's monitor.c: alt_r is
// 0xb8, altgr 0x64), so "altgr" is only the fallback.
function nameOf(modifier: 'shift' | 'altgr', names: ReadonlySet<string>): string {
  if (modifier === 'shift') return names.has('shift') ? 'shift' : 'shift_r'
  return names.has('alt_r') ? 'alt_r' : 'altgr'
}

function problemOf(character: string, layout: KeyboardLayout, lacking: string | undefined): string {
  if (lacking !== undefined) return `needs ${keyPhrase(lacking)}, which BigV can’t send`
  return /\p{Cc}/u.test(character)
    ? 'is a control character that no key types'
    : `is not on the keyboard “${layout.label}”`
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
