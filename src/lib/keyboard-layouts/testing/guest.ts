import { DEAD, HELD, type KeyboardLayout, accented } from '../layouts.ts'

const PAD: Readonly<Record<string, string>> = {
  kp_multiply: '*',
  asterisk: '*',
  kp_divide: '/',
  kp_subtract: '-',
  kp_add: '+',
}
const MODIFIERS: Readonly<Record<string, 'shift' | 'altgr'>> = {
  shift: 'shift',
  shift_r: 'shift',
  alt_r: 'altgr',
  altgr: 'altgr',
}

/** The text that these key presses type in a guest with this layout. */
export function guestTypes(layout: KeyboardLayout, presses: readonly string[]): string {
  let text = ''
  let accent: string | null = null
  for (const press of presses) {
    const keys = press.split('-')
    const key = keys.pop() ?? ''
    const held = keys.map((name) => MODIFIERS[name] ?? `not a modifier: ${name}`)
    const level = HELD.findIndex((level) => level.join() === held.join())
    const types: string | undefined = PAD[key] ?? layout.keys[key]?.[level]
    if (!types) throw new Error(`${press} types nothing under ${layout.name}`)
    if (types.startsWith(DEAD)) {
      accent = types.slice(DEAD.length)
      continue
    }
    text += accent === null ? types : (accented(accent, types) ?? accent + types)
    accent = null
  }
  return text
}
