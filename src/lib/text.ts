/** "yes" or "no": how the API's booleans are shown. */
export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}

/**
 * Takes a word and returns it as a POSIX shell reads back to that very word: plain where nothing in it means anything to a
 * shell, else in single quotes. A word cannot hold a NUL; there is no way to quote one.
 */
export function shellQuote(word: string): string {
  return /^[\w@%+,./:-][\w@%+=,./:-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** Takes a form's data and a field's name and returns the text in it; empty for a file or nothing. */
export function formText(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
