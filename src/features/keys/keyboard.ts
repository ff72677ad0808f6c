/** A row of the on-screen keyboard. */
export interface KeyboardRow {
  label: string
  keys: readonly KeyCap[]
  /** True if the keys are in rows of three, as on a number pad. */
  inThrees: boolean
}

/** A key. `named` is false if BigV's definitions lack the key. Such a key keeps its position, as the guest's keyboard has the key. */
export interface KeyCap {
  name: string
  /** The symbol on the key, if its name is a word for the symbol. */
  cap?: string
  /** The word on the key, if it isn't BigV's name. */
  label?: string
  width?: number
  named: boolean
}

/** Keys that stay pressed until the next key is pressed. */
export const MODIFIERS: ReadonlySet<string> = new Set([
  'shift',
  'shift_r',
  'alt',
  'alt_r',
  'altgr',
  'altgr_r',
  'ctrl',
  'ctrl_r',
])

// In letter keys. Each row of the main block is 15 wide, as on a PC keyboard.
const WIDTHS = new Map(
  Object.entries({
    esc: 1.5,
    ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`f${at + 1}`, 1.125])),
    backspace: 2,
    tab: 1.5,
    backslash: 1.5,
    caps_lock: 1.75,
    ret: 2.25,
    shift: 1.25,
    shift_r: 2.75,
    ctrl: 1.5,
    alt: 1.5,
    spc: 6.5,
    alt_r: 1.5,
    menu: 1.5,
    ctrl_r: 2.5,
  }),
)

const MAIN: readonly [label: string, keys: string][] = [
  ['Function keys', 'esc f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12'],
  ['Digits', 'grave_accent 1 2 3 4 5 6 7 8 9 0 minus equal backspace'],
  ['Upper letters', 'tab q w e r t y u i o p bracket_left bracket_right backslash'],
  ['Middle letters', 'caps_lock a s d f g h j k l semicolon apostrophe ret'],
  ['Lower letters', 'shift < z x c v b n m comma dot slash shift_r'],
  ['Modifiers and space', 'ctrl alt spc alt_r menu ctrl_r'],
]
const BESIDE: readonly [label: string, keys: string][] = [
  ['System', 'print scroll_lock sysrq'],
  ['Editing', 'insert home pgup delete end pgdn'],
  ['Arrows', 'left up down right'],
]
const PAD = [
  'Number pad',
  'num_lock kp_divide kp_multiply kp_7 kp_8 kp_9 kp_4 kp_5 kp_6 kp_1 kp_2 kp_3 kp_0 kp_decimal kp_enter kp_subtract kp_add',
] as const
const IN_THREES = new Set(['Editing', PAD[0]])
const UNNAMED = new Set([
  'grave_accent',
  'bracket_left',
  'bracket_right',
  'semicolon',
  'apostrophe',
  'backslash',
])
/** What is printed on the keys whose names in BigV are abbreviations. BigV's right Alt key is AltGr on most keyboards. */
const LABELS = new Map(
  Object.entries({
    esc: 'Esc',
    ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`f${at + 1}`, `F${at + 1}`])),
    backspace: 'Backspace',
    tab: 'Tab',
    caps_lock: 'Caps Lock',
    ret: 'Enter',
    shift: 'Shift',
    shift_r: 'Right Shift',
    ctrl: 'Ctrl',
    alt: 'Alt',
    spc: 'Space',
    alt_r: 'AltGr',
    menu: 'Menu',
    ctrl_r: 'Right Ctrl',
    print: 'Print',
    scroll_lock: 'Scroll Lock',
    sysrq: 'SysRq',
    insert: 'Insert',
    home: 'Home',
    pgup: 'Page Up',
    delete: 'Delete',
    end: 'End',
    pgdn: 'Page Down',
    left: 'Left',
    up: 'Up',
    down: 'Down',
    right: 'Right',
    num_lock: 'Num Lock',
  }),
)
const CAPS = new Map(
  Object.entries({
    grave_accent: '`',
    bracket_left: '[',
    bracket_right: ']',
    semicolon: ';',
    apostrophe: "'",
    backslash: '\\',
    minus: '-',
    equal: '=',
    comma: ',',
    dot: '.',
    slash: '/',
    kp_divide: '/',
    kp_multiply: '*',
    kp_subtract: '-',
    kp_add: '+',
    kp_decimal: '.',
    kp_enter: 'Enter',
  }),
)

/**
 * A keyboard of the keys in BigV's definitions: the main block of a PC keyboard, the keys beside it together with all other keys, and the
 * number pad. The layout is that of a US keyboard.
 */
export function keyboardOf(names: readonly string[]): Record<'main' | 'beside' | 'pad', KeyboardRow[]> {
  const rest = new Set(names)
  const row = ([label, keys]: readonly [string, string]): KeyboardRow => ({
    label,
    inThrees: IN_THREES.has(label),
    keys: keys.split(' ').flatMap((name) => {
      const named = rest.delete(name)
      return named || UNNAMED.has(name) ? [capOf(name, named)] : []
    }),
  })
  const main = MAIN.map(row)
  const beside = BESIDE.map(row)
  const pad = [row(PAD)]
  const others = { label: 'Other keys', inThrees: false, keys: [...rest].map((name) => capOf(name, true)) }
  const filled = ({ keys }: KeyboardRow) => keys.length > 0
  return {
    main: main.filter(filled),
    beside: [...beside, others].filter(filled),
    pad: pad.filter(filled),
  }
}

function capOf(name: string, named: boolean): KeyCap {
  const cap = CAPS.get(name) ?? (name.startsWith('kp_') ? name.slice(3) : undefined)
  const label = LABELS.get(name)
  const width = WIDTHS.get(name)
  return {
    name,
    named,
    ...(cap !== undefined && { cap }),
    ...(label !== undefined && { label }),
    ...(width !== undefined && { width }),
  }
}
