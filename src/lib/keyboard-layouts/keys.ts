/** `code` of a KeyboardEvent, which goes by the key's place, to its name; letters, digits, F keys and the pad's digits aside. */
const NAMES: Readonly<Record<string, string>> = {
  ShiftLeft: 'shift',
  ShiftRight: 'shift_r',
  AltLeft: 'alt',
  AltRight: 'alt_r',
  ControlLeft: 'ctrl',
  ControlRight: 'ctrl_r',
  MetaLeft: 'meta',
  MetaRight: 'meta',
  ContextMenu: 'menu',
  Escape: 'esc',
  Backquote: 'grave_accent',
  Minus: 'minus',
  Equal: 'equal',
  Backspace: 'backspace',
  Tab: 'tab',
  BracketLeft: 'bracket_left',
  BracketRight: 'bracket_right',
  Enter: 'ret',
  Semicolon: 'semicolon',
  Quote: 'apostrophe',
  Backslash: 'backslash',
  IntlBackslash: '<',
  Comma: 'comma',
  Period: 'dot',
  Slash: 'slash',
  Space: 'spc',
  CapsLock: 'caps_lock',
  NumLock: 'num_lock',
  ScrollLock: 'scroll_lock',
  Pause: 'pause',
  PrintScreen: 'print',
  NumpadDivide: 'kp_divide',
  NumpadMultiply: 'kp_multiply',
  NumpadSubtract: 'kp_subtract',
  NumpadAdd: 'kp_add',
  NumpadEnter: 'kp_enter',
  NumpadDecimal: 'kp_decimal',
  Insert: 'insert',
  Delete: 'delete',
  Home: 'home',
  End: 'end',
  PageUp: 'pgup',
  PageDown: 'pgdn',
  ArrowLeft: 'left',
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'right',
}

const PATTERNS: readonly [RegExp, (found: string) => string][] = [
  [/^Key([A-Z])$/, (letter) => letter.toLowerCase()],
  [/^Digit(\d)$/, (digit) => digit],
  [/^F(\d{1,2})$/, (number) => `f${number}`],
  [/^Numpad(\d)$/, (digit) => `kp_${digit}`],
]

/**
 * The name of a KeyboardEvent's `code`, whether or not the definitions have it; null for keys that
 * no PC of old had, and for what an on-screen keyboard or an input method sends in place of keys.
 */
export function keyOfCode(code: string): string | null {
  if (Object.hasOwn(NAMES, code)) return NAMES[code] ?? null
  for (const [pattern, nameOf] of PATTERNS) {
    const found = pattern.exec(code)?.[1]
    if (found !== undefined) return nameOf(found)
  }
  return null
}

/** Keys that BigV's definitions have no name for, as one would look for them, with their places on a US keyboard. */
const UNNAMED = new Map(
  Object.entries({
    grave_accent: 'the key left of 1 (grave on a US keyboard)',
    bracket_left: 'the key right of P (left bracket on a US keyboard)',
    bracket_right: 'the second key right of P (right bracket on a US keyboard)',
    semicolon: 'the key right of L (semicolon on a US keyboard)',
    apostrophe: 'the second key right of L (apostrophe on a US keyboard)',
    backslash: 'the key beside Enter (backslash on a US keyboard)',
    meta: 'the Windows or Command key',
    pause: 'the Pause key',
  }),
)

/** What a sentence calls a key, whether or not the definitions name it. */
export function keyPhrase(name: string): string {
  return UNNAMED.get(name) ?? `the key ${name}`
}
