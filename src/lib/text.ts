/** "yes" or "no": how the API's booleans are shown. */
export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}

/** "on" or "off". */
export function onOff(value: boolean): string {
  return value ? 'on' : 'off'
}

/** The first thing that is wrong with a form, of its fields' problems; null where all is well. */
export function firstProblem(problems: Readonly<Record<string, string | null>>): string | null {
  return Object.values(problems).find((problem) => problem !== null) ?? null
}

/** A word for a POSIX shell: plain where nothing in it means anything to a shell, else in single quotes. A NUL cannot be quoted. */
export function shellQuote(word: string): string {
  return /^[\w@%+,./:-][\w@%+=,./:-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** The text in a field of a form; empty for a file or nothing. */
export function formText(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
