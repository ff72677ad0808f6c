/**
 * BigV's key names by a KeyboardEvent's `code` (the key's position). PATTERNS has the letters, digits, F keys and the number pad's digits.
 */
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

/** BigV's name for a KeyboardEvent's `code`. Null for newer keys, on-screen keyboards and input methods. */
function keyOfCode(code: string): string | null {
  if (Object.hasOwn(NAMES, code)) return NAMES[code] ?? null
  for (const [pattern, nameOf] of PATTERNS) {
    const found = pattern.exec(code)?.[1]
    if (found !== undefined) return nameOf(found)
  }
  return null
}

/** Keys missing from BigV's definitions, described by their position and by their name on a US keyboard. */
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

/** The name of a key for a sentence, whether or not BigV's definitions have the key. */
export function keyPhrase(name: string): string {
  return UNNAMED.get(name) ?? `the key ${name}`
}

/** The fields of a KeyboardEvent that matter here. */
export interface KeyEvent {
  type: 'down' | 'up'
  code: string
  key: string
  repeat: boolean
  /** Time in ms, from any starting point. */
  at: number
}

/** The modifiers currently held, each with the time of its press. `used`: the modifiers were already part of a chord. */
export interface Recording {
  held: readonly { name: string; at: number }[]
  used: boolean
}

/** The result of an event: a chord to add, or the problem of the key. */
interface Recorded {
  recording: Recording
  press?: string
  problem?: string
}

export const NOTHING_HELD: Recording = { held: [], used: false }

const MODIFIER = /^(?:shift|alt|altgr|ctrl)(?:_r)?$/
/** Windows inserts a left Ctrl just before AltGr. */
const FAKE_CTRL_MS = 20

/**
 * Applies an event. A chord is a key with its modifiers, or modifiers that were released without another key. Repeated events of a held key
 * are ignored.
 */
export function record(recording: Recording, event: KeyEvent, names: ReadonlySet<string>): Recorded {
  const name = keyOfCode(event.code)
  if (event.repeat) return { recording }
  if (name === null || !names.has(name)) {
    if (event.type === 'up') return { recording }
    return { recording: { ...recording, used: true }, problem: problemOf(name) }
  }
  if (!MODIFIER.test(name)) {
    if (event.type === 'up') return { recording }
    const held = recording.held.map((each) => each.name)
    return { recording: { ...recording, used: true }, press: [...held, name].join('-') }
  }
  const others = recording.held.filter((each) => each.name !== name)
  if (event.type === 'down') {
    const real = event.key === 'AltGraph' ? others.filter((each) => !isFake(each, event.at)) : others
    return { recording: { held: [...real, { name, at: event.at }], used: false } }
  }
  const alone = recording.used || others.length === recording.held.length ? null : recording.held
  return {
    recording: { held: others, used: true },
    ...(alone && { press: alone.map((each) => each.name).join('-') }),
  }
}

function isFake({ name, at }: Recording['held'][number], now: number): boolean {
  return name === 'ctrl' && now - at < FAKE_CTRL_MS
}

function problemOf(name: string | null): string {
  return name === null
    ? 'Your browser didn’t report which key that was.'
    : `BigV can’t send ${keyPhrase(name)}.`
}
