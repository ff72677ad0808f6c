/** How a field's value is compared. A field of text takes the colon alone. */
export type Operator = ':' | '=' | '>' | '<' | '>=' | '<='

/** One term of a search as it was typed: a word, or a field with a value; `not` leaves out what fits. */
export interface Token {
  not: boolean
  /** The field's name in lower case, or null for a word. */
  field: string | null
  operator: Operator | null
  /** What stands behind the operator, or the word, without its quotes. */
  value: string
  /** Where it stands in the text, and where its value begins. */
  start: number
  end: number
  valueStart: number
}

const SPACES = /\s*/y
// A colon stands close; a comparison may have spaces around it: “cores >= 4”.
const FIELD = /([a-z_]+)(?:(:)|\s*(>=|<=|[=<>≥≤])\s*)/iy
const BARE = /\S*/y
// Phones make curly quotes of straight ones.
const QUOTED = /"((?:\\["\\]|[^"])*)(?:"|$)|[“”]((?:\\["\\]|[^"“”])*)(?:["“”]|$)/y
// A piece of an IPv6 address has colons of its own.
const ADDRESS = /^[0-9a-f:.]+$/i

/** The terms of a typed search, in order. A quote that is not closed reaches to the end. Never throws. */
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
    // The spaces behind a comparison without a value are not its own.
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
