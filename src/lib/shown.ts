// What has no look of its own, or moves what stands beside it: control and format characters (the directional ones, zero widths),
// fillers, and halves of characters. Lines and tabs are laid out, and some pictures are joined by such characters.
const INVISIBLE = /(?![\t\n\r]|[\uFE0E-\uFE0F]|\u200D\p{ExtPict})[\p{Cc}\p{Cf}\p{Cs}\p{DI}\u2028\u2029]/gu
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u
/** From a letter or digit to the last one before a space: the marks around it are those of the sentence. */
const WORD = /[\p{L}\p{N}](?:\S*[\p{L}\p{M}\p{N}])?/gu

/** A text as it may be seen: what would be invisible, or reorder the rest, is shown by its number, like `<U+202E>`. */
export function shown(text: string): string {
  return text.replace(
    INVISIBLE,
    (found) => `<U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}>`,
  )
}

/** A shown text in pieces, every second one written right to left: kept apart, or the digits and marks behind it would move before it. */
export function splitByDirection(text: string): string[] {
  if (!RIGHT_TO_LEFT.test(text)) return [text]
  return text
    .replace(WORD, (word) => (RIGHT_TO_LEFT.test(word) ? `\u2068${word}\u2069` : word))
    .replaceAll(/\u2069( +)\u2068/g, '$1')
    .split(/[\u2068\u2069]/)
}

/** Whether the user typed the name as it is shown, or copied it. */
export function isTyped(typed: string, name: string): boolean {
  return asSeen(typed) === asSeen(name)
}

/** Spaces are seen as one, and a field for one line takes no other. */
function asSeen(text: string): string {
  return shown(text).trim().replaceAll(/\s+/g, ' ')
}
