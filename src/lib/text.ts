/** The API's booleans in words: "yes" or "no". */
export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}

/** "on" or "off". */
export function onOff(value: boolean): string {
  return value ? 'on' : 'off'
}

/** The first problem in a form, or null if there is none. */
export function firstProblem(problems: Readonly<Record<string, string | null>>): string | null {
  return Object.values(problems).find((problem) => problem !== null) ?? null
}

/** Quotes a word for a POSIX shell: in single quotes if the word has special characters. A NUL can't be quoted. */
export function shellQuote(word: string): string {
  return /^[\w@%+,./:-][\w@%+=,./:-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** The text of a form's field; '' for a file or a missing field. */
export function formText(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
