/** The accents of dead keys, each with the mark that Unicode puts after a letter for it. */
const MARKS: Readonly<Record<string, string>> = { '´': '\u0301', '`': '\u0300', '^': '\u0302', '¨': '\u0308' }

/** What a dead key and the space bar type together, where systems agree: an acute gives ´ on one and ' on another. */
const ALONE: Readonly<Record<string, string>> = { '`': '`', '^': '^' }

/** Takes the accent of a dead key and what is typed after it, and returns what comes of them, or null where nothing does. */
export function accented(accent: string, next: string): string | null {
  if (next === ' ') return ALONE[accent] ?? null
  if (!/^[aeiouy]$/i.test(next)) return null
  const whole = `${next}${MARKS[accent] ?? ''}`.normalize('NFC')
  // Not all letters take all accents.
  return whole.length === 1 && whole !== next ? whole : null
}
