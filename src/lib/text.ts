/**
 * Takes a word and returns it as a POSIX shell reads back to that very word: plain where nothing in it means anything to a
 * shell, else in single quotes. A word cannot hold a NUL; there is no way to quote one.
 */
export function shellQuote(word: string): string {
  return /^[\w@%+,./:-][\w@%+=,./:-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
