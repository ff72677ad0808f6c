/** The comparison of a field with a value. Text fields only accept the colon. */
export type Operator = ':' | '=' | '>' | '<' | '>=' | '<='

/** A term of a search as typed: a word, or a field with a value; `not` excludes matches. */
export interface Token {
  not: boolean
  /** The field's name in lower case, or null for a word. */
  field: string | null
  operator: Operator | null
  /** The text after the operator; without an operator, the whole word. Quotes are removed. */
  value: string
  /** The term's position in the text, and the position of its value. */
  start: number
  end: number
  valueStart: number
}

const SPACES = /\s*/y
// A colon has no spaces around it. A comparison may have spaces: “cores >= 4”.
const FIELD = /([a-z_]+)(?:(:)|\s*(>=|<=|[=<>≥≤])\s*)/iy
const BARE = /\S*/y
// Phones turn straight quotes into curly ones.
const QUOTED = /"((?:\\["\\]|[^"])*)(?:"|$)|[“”]((?:\\["\\]|[^"“”])*)(?:["“”]|$)/y
// Part of an IPv6 or MAC address, whose colons are not operators. "cd:" alone begins the field of that name.
const ADDRESS = /^(?!cd:[^:]*$)[0-9a-f:.]+(?:%\S*)?$/i

/** Splits a search into terms. An unclosed quote extends to the end of the text. Never throws. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = skip(text, 0); at < text.length;) {
    const token = tokenAt(text, at)
    tokens.push(token)
    at = skip(text, token.end)
  }
  return tokens
}

function tokenAt(text: string, start: number): Token {
  const not = text[start] === '-'
  const from = not ? start + 1 : start
  const head = match(FIELD, text, from)
  const [, name, colon, comparison] = head ?? []
  if (head === null || name === undefined || isAddress(text, from)) {
    const { value, end } = valueAt(text, from)
    return { not, field: null, operator: null, value, start, end, valueStart: from }
  }
  const valueStart = from + head[0].length
  const { value, end } = valueAt(text, valueStart)
  const operator = colon === ':' ? ':' : comparisonOf(comparison ?? '=')
  return {
    not,
    field: name.toLowerCase(),
    operator,
    value,
    start,
    // If the value is missing, spaces after the comparison don't belong to the term.
    end: end === valueStart ? start + text.slice(start, end).trimEnd().length : end,
    valueStart,
  }
}

function valueAt(text: string, from: number): { value: string; end: number } {
  const quoted = match(QUOTED, text, from)
  if (quoted) {
    const inside = quoted[1] ?? quoted[2] ?? ''
    return {
      value: inside.replace(/\\(["\\])/g, '$1').replace(/\s/g, ' '),
      end: from + quoted[0].length,
    }
  }
  const value = match(BARE, text, from)?.[0] ?? ''
  return { value, end: from + value.length }
}

function comparisonOf(sign: string): Operator {
  if (sign === '≥') return '>='
  if (sign === '≤') return '<='
  return sign as Operator
}

function isAddress(text: string, from: number): boolean {
  return ADDRESS.test(match(BARE, text, from)?.[0] ?? '')
}

function skip(text: string, from: number): number {
  return from + (match(SPACES, text, from)?.[0].length ?? 0)
}

function match(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from
  return pattern.exec(text)
}
