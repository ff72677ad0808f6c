import { machineNameProblem } from './names.ts'

/** At most this many machines can be created at once: enough for a rack of web servers, few enough to review. */
export const MAX_NAMES = 50

/** The names that a pattern expands to, in order; or the pattern's problem. */
export type Expansion = { names: string[]; problem: null } | { names: []; problem: string }

const invalid = (problem: string): Expansion => ({ names: [], problem })

/**
 * Expands braces as a shell does: `web{1..5}`, `web{01..12}` (padded to the wider end), `web{a..c}` or `{web,db}`. Several in a row work,
 * nested ones don't. A name without braces expands to itself. The names must be valid and unique, and at most MAX_NAMES.
 */
export function expandNames(typed: string): Expansion {
  const parts = typed.split(/\{([^{}]*)\}/)
  if (parts.some((part, index) => index % 2 === 0 && /[{}]/.test(part))) {
    return invalid('Unmatched brace. Write several names as web{1..5}.')
  }
  let names = ['']
  for (const [index, part] of parts.entries()) {
    const choices = index % 2 === 0 ? [part] : choicesOf(part)
    if (choices === null)
      return invalid(`“{${part}}” is neither a range, such as {1..5}, nor a list, such as {a,b}.`)
    if (names.length * choices.length > MAX_NAMES) {
      return invalid(`You can create up to ${MAX_NAMES} machines at once.`)
    }
    names = names.flatMap((name) => choices.map((choice) => name + choice))
  }
  for (const name of names) {
    const problem = machineNameProblem(name)
    if (problem !== null) return invalid(parts.length === 1 ? problem : `“${name}”: ${problem}`)
  }
  // Host names ignore case.
  const duplicate = names.find((name, index) => names.findIndex((other) => isSame(other, name)) < index)
  return duplicate === undefined ? { names, problem: null } : invalid(`“${duplicate}” appears twice.`)
}

/**
 * The problem of a name or pattern that is still being typed: null as long as more characters can cure it, as with "web-" or "web{1..".
 */
export function problemWhileTyping(typed: string): string | null {
  if (/\{[^}]*$/.test(typed)) return null
  const { problem } = expandNames(typed)
  return problem !== null && expandNames(`${typed}a`).problem !== null ? problem : null
}

export function isPattern(typed: string): boolean {
  return /[{}]/.test(typed)
}

/** A pattern that expands to these names: the name itself, or a list in braces. */
export function patternOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : `{${names.join(',')}}`
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Expands the content of braces. Null if the content is neither a range nor a list. */
function choicesOf(inner: string): string[] | null {
  const numbers = /^(\d{1,6})\.\.(\d{1,6})$/.exec(inner)
  if (numbers?.[1] !== undefined && numbers[2] !== undefined) return numberRange(numbers[1], numbers[2])
  const letters = /^([a-z])\.\.([a-z])$/.exec(inner) ?? /^([A-Z])\.\.([A-Z])$/.exec(inner)
  if (letters?.[1] !== undefined && letters[2] !== undefined) {
    return between(letters[1].charCodeAt(0), letters[2].charCodeAt(0)).map((code) =>
      String.fromCharCode(code),
    )
  }
  const list = inner.split(',')
  return list.length > 1 && list.every((choice) => choice !== '') ? list : null
}

function numberRange(from: string, to: string): string[] {
  const padded = [from, to].some((end) => end.length > 1 && end.startsWith('0'))
  const width = padded ? Math.max(from.length, to.length) : 0
  return between(Number(from), Number(to)).map((number) => String(number).padStart(width, '0'))
}

/** The whole numbers of a range, up or down. Stops after MAX_NAMES + 1 numbers, which is enough to reject the pattern. */
function between(from: number, to: number): number[] {
  const length = Math.min(Math.abs(to - from), MAX_NAMES) + 1
  return Array.from({ length }, (_, index) => (to < from ? from - index : from + index))
}
