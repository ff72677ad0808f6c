/** The characters of each key in a layout. Keys have QEMU's names for their position on a US keyboard, as in BigV's definitions. */
export interface KeyboardLayout {
  /** The value of a machine's `keymap`. */
  name: string
  label: string
  keys: Readonly<Record<string, Levels>>
}

/** The characters that a key types alone, with Shift, with AltGr and with both; '' for none. A dead key combines with the next key. */
type Levels = readonly [plain: string, shift?: string, altgr?: string, both?: string]

/** Marks a dead key; the key's accent follows the mark. */
export const DEAD = '\u25cc'

/** The modifiers to hold for each level. */
export const HELD: readonly (readonly ('shift' | 'altgr')[])[] = [
  [],
  ['shift'],
  ['altgr'],
  ['shift', 'altgr'],
]

const ROWS = {
  digits: ['grave_accent', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'minus', 'equal'],
  upper: ['q', 'w', 'e', 'r', 't', 'y', 'u', 'i', 'o', 'p', 'bracket_left', 'bracket_right'],
  home: ['a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'semicolon', 'apostrophe', 'backslash'],
  lower: ['<', 'z', 'x', 'c', 'v', 'b', 'n', 'm', 'comma', 'dot', 'slash'],
} as const

/** The rows of a keyboard. Each level is a string with one character per key; a space means that the key types nothing. */
type Rows = Record<keyof typeof ROWS, readonly string[]>

function keysOf(rows: Rows): Record<string, Levels> {
  const keys: Record<string, Levels> = { spc: [' ', ' '], ret: ['\n', '\n'], tab: ['\t'] }
  for (const [row, names] of Object.entries(ROWS)) {
    const levels = rows[row as keyof Rows].map(cells)
    for (const [index, name] of names.entries()) {
      const [plain = '', ...others] = levels.map((level) => level[index] ?? '')
      keys[name] = [plain, ...others] as unknown as Levels
    }
  }
  return keys
}

/** Splits a row's string into keys: a dead key takes two characters, its mark and its accent. */
function cells(level: string): string[] {
  return [...level.matchAll(new RegExp(`${DEAD}?.`, 'gu'))].map(([cell]) => (cell === ' ' ? '' : cell))
}

/** The accents of dead keys, with Unicode's combining marks. */
const MARKS: Readonly<Record<string, string>> = { '´': '\u0301', '`': '\u0300', '^': '\u0302', '¨': '\u0308' }

/** The character that a dead key types with the space bar, where systems agree: an acute gives ´ on one and ' on another. */
const ALONE: Readonly<Record<string, string>> = { '`': '`', '^': '^' }

/** The character that a dead key types with the next key, or null if they type none. */
export function accented(accent: string, next: string): string | null {
  if (next === ' ') return ALONE[accent] ?? null
  if (!/^[aeiouy]$/i.test(next)) return null
  const whole = `${next}${MARKS[accent] ?? ''}`.normalize('NFC')
  // Not every letter combines with every accent.
  return whole.length === 1 && whole !== next ? whole : null
}

// The levels in order: alone, with Shift, with AltGr, with both. The AltGr levels only have characters on which Linux and Windows agree.

const enGb: KeyboardLayout = {
  name: 'en-gb',
  label: 'English (UK)',
  keys: keysOf({
    digits: ['`1234567890-=', '¬!"£$%^&*()_+', '    €'],
    upper: ['qwertyuiop[]', 'QWERTYUIOP{}'],
    home: ["asdfghjkl;'#", 'ASDFGHJKL:@~'],
    lower: ['\\zxcvbnm,./', '|ZXCVBNM<>?'],
  }),
}

// The 102nd key is omitted, because it types < on Linux and \ on Windows, and US keyboards don't have it.
const enUs: KeyboardLayout = {
  name: 'en-us',
  label: 'English (US)',
  keys: keysOf({
    digits: ['`1234567890-=', '~!@#$%^&*()_+'],
    upper: ['qwertyuiop[]', 'QWERTYUIOP{}'],
    home: ["asdfghjkl;'\\", 'ASDFGHJKL:"|'],
    lower: [' zxcvbnm,./', ' ZXCVBNM<>?'],
  }),
}

const de: KeyboardLayout = {
  name: 'de',
  label: 'German',
  keys: keysOf({
    digits: [`${DEAD}^1234567890ß${DEAD}´`, `°!"§$%&/()=?${DEAD}\``, '  ²³   {[]}\\'],
    upper: ['qwertzuiopü+', 'QWERTZUIOPÜ*', '@ €        ~'],
    home: ['asdfghjklöä#', "ASDFGHJKLÖÄ'"],
    lower: ['<yxcvbnm,.-', '>YXCVBNM;:_', '|      µ'],
  }),
}

const fr: KeyboardLayout = {
  name: 'fr',
  label: 'French',
  keys: keysOf({
    digits: ['²&é"\'(-è_çà)=', ' 1234567890°+', '  ~#{[|`\\^@]}'],
    upper: [`azertyuiop${DEAD}^$`, `AZERTYUIOP${DEAD}¨£`, '  €        ¤'],
    home: ['qsdfghjklmù*', 'QSDFGHJKLM%µ'],
    lower: ['<wxcvbn,;:!', '>WXCVBN?./§'],
  }),
}

export const LAYOUTS: readonly KeyboardLayout[] = [enGb, enUs, de, fr]

/** The layout for a machine's keymap. If the keymap isn't `known`, the UK layout, because BigV is in the UK. */
export function layoutFor(keymap: string | null | undefined): { layout: KeyboardLayout; known: boolean } {
  const layout = LAYOUTS.find(({ name }) => name === keymap)
  return { layout: layout ?? enGb, known: layout !== undefined }
}
