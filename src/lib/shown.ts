// Characters that are invisible or change the text around them: controls, format characters (directional, zero width), fillers and lone
// surrogates. Line breaks and tabs are not included, because they show in the layout, nor are format characters that join emoji.
const INVISIBLE = /(?![\t\n\r]|[\uFE0E-\uFE0F]|\u200D\p{ExtPict})[\p{Cc}\p{Cf}\p{Cs}\p{DI}\u2028\u2029]/gu
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u
/** A word from its first to its last letter or digit. Punctuation around the word belongs to the sentence. */
const WORD = /[\p{L}\p{N}](?:\S*[\p{L}\p{M}\p{N}])?/gu

/** Text for display: characters that would be invisible or reorder others are replaced by their code, such as `<U+202E>`. */
export function shown(text: string): string {
  return text.replace(
    INVISIBLE,
    (found) => `<U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}>`,
  )
}

/**
 * Splits displayed text so that every second piece is right-to-left. The caller isolates those pieces: otherwise, digits and punctuation
 * after a piece would move in front of it.
 */
export function splitByDirection(text: string): string[] {
  if (!RIGHT_TO_LEFT.test(text)) return [text]
  return text
    .replace(WORD, (word) => (RIGHT_TO_LEFT.test(word) ? `\u2068${word}\u2069` : word))
    .replaceAll(/\u2069( +)\u2068/g, '$1')
    .split(/[\u2068\u2069]/)
}

/** True if the input matches the name: typed as displayed, or pasted. */
export function isTyped(typed: string, name: string): boolean {
  return asSeen(typed) === asSeen(name)
}

/** Several spaces look like one, and a one-line field can't hold line breaks. */
function asSeen(text: string): string {
  return shown(text).trim().replaceAll(/\s+/g, ' ')
}
