/**
 * A keyboard layout as a guest applies it: what each physical key types. Keys go by their position on a US keyboard and have
 * QEMU's names, which the definitions use; some of those the definitions lack.
 */
export interface KeyboardLayout {
  /** As the machine's `keymap` calls it. */
  name: string
  label: string
  keys: Readonly<Record<string, Levels>>
}

/** What a key types alone, with shift, with AltGr, and with both; '' for nothing. A dead key types with the next one. */
export type Levels = readonly [plain: string, shift?: string, altgr?: string, both?: string]

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

/** Takes the four rows of a keyboard, from the left, by level, and returns what each key types. */
export function keysOf(rows: Rows): Record<string, Levels> {
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
