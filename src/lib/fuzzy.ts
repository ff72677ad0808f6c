// What counts how much: a whole name before its beginning, that before the beginning of one of its words, and so on.
const WHOLE = 1_000
const BEGINNING = 800
const WORD = 600
const WITHIN = 400
const SCATTERED = 100

/**
 * How well a text fits the words, both in lower case: the more the better; null where a word is not in it, not even as letters in
 * that order ("ws3" in "web-server-3").
 */
export function fuzzyScore(words: readonly string[], text: string): number | null {
  let sum = 0
  for (const word of words) {
    const score = wordScore(word, text)
    if (score === null) return null
    sum += score
  }
  // Of two that fit as well the shorter one is meant sooner.
  return sum - Math.min(text.length, 99) / 100
}

function wordScore(word: string, text: string): number | null {
  const at = text.indexOf(word)
  if (at === 0) return text.length === word.length ? WHOLE : BEGINNING
  if (at > 0) return beginsAt(text, at) || beginsAt(text, text.indexOf(word, at + 1)) ? WORD : WITHIN
  return scattered(word, text)
}

function beginsAt(text: string, at: number): boolean {
  return at > 0 && !isLetter(text.charCodeAt(at - 1))
}

/** The letters in order, with others between; the closer together, and the more of them at beginnings, the better. */
function scattered(word: string, text: string): number | null {
  let from = 0
  let first = -1
  let beginnings = 0
  for (const letter of word) {
    const at = text.indexOf(letter, from)
    if (at === -1) return null
    if (first === -1) first = at
    if (at === 0 || beginsAt(text, at)) beginnings += 1
    from = at + letter.length
  }
  return SCATTERED + Math.min(beginnings, 10) * 10 - Math.min(from - first - word.length, 99)
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || code > 127
}
