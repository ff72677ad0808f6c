/** What each key types under a layout. Keys go by their place on a US keyboard, with QEMU's names, as BigV's definitions have. */
export interface KeyboardLayout {
  /** As the machine's `keymap` calls it. */
  name: string
  label: string
  keys: Readonly<Record<string, Levels>>
}

/** What a key types alone, with shift, with AltGr, and with both; '' for nothing. A dead key types with the next one. */
type Levels = readonly [plain: string, shift?: string, altgr?: string, both?: string]

/** The mark of a dead key, before its accent. */
export const DEAD = '\u25cc'

/** What has to be held for each of the levels. */
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

/** Rows of a keyboard, each level a text with a character a key; a space where the key types nothing. */
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

/** A dead key takes two places in the text of a row: its mark, and its accent. */
function cells(level: string): string[] {
  return [...level.matchAll(new RegExp(`${DEAD}?.`, 'gu'))].map(([cell]) => (cell === ' ' ? '' : cell))
}

/** The accents of dead keys, each with the mark that Unicode puts after a letter for it. */
const MARKS: Readonly<Record<string, string>> = { '´': '\u0301', '`': '\u0300', '^': '\u0302', '¨': '\u0308' }

/** What a dead key and the space bar type together, where systems agree: an acute gives ´ on one and ' on another. */
const ALONE: Readonly<Record<string, string>> = { '`': '`', '^': '^' }

/** What a dead key's accent and the character typed after it make, or null for nothing. */
export function accented(accent: string, next: string): string | null {
  if (next === ' ') return ALONE[accent] ?? null
  if (!/^[aeiouy]$/i.test(next)) return null
  const whole = `${next}${MARKS[accent] ?? ''}`.normalize('NFC')
  // Not all letters take all accents.
  return whole.length === 1 && whole !== next ? whole : null
}

// The levels: alone, with shift, with AltGr, with both. On AltGr stands what Linux and Windows agree about.

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

// What its 102nd key types differs: < on Linux, \ on Windows. US keyboards do not have it.
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

/** The layout of a machine's keymap; where it is not `known`, the one of the UK, where BigV is. */
export function layoutFor(keymap: string | null | undefined): { layout: KeyboardLayout; known: boolean } {
  const layout = LAYOUTS.find(({ name }) => name === keymap)
  return { layout: layout ?? enGb, known: layout !== undefined }
}
