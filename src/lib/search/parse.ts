import { parseField, type Meaning } from './fields.ts'
import { tokenize, type Operator } from './tokens.ts'

/** A term of a search: its meaning, its canonical form, and its position in the text. */
export interface Term {
  not: boolean
  field: string | null
  operator: Operator | null
  value: string
  meaning: Meaning
  start: number
  end: number
}

/**
 * Parses a search into terms; a machine must match all of them. An invalid term has a message, and the other terms still apply. Never
 * throws.
 */
export function parseSearch(text: string): Term[] {
  return tokenize(text).map(({ not, field, operator: typed, value: raw, start, end }) => {
    const { operator, value, meaning } = parseField(field, typed, raw)
    return { not, field, operator: field === null ? null : operator, value, meaning, start, end }
  })
}

export function withoutTerm(text: string, { start, end }: Pick<Term, 'start' | 'end'>): string {
  return [text.slice(0, start).trimEnd(), text.slice(end).trimStart()].filter(Boolean).join(' ')
}

/** True if a search asks for deleted machines, which lists otherwise hide. */
export function asksForDeleted(terms: readonly Term[]): boolean {
  return terms.some(({ not, meaning }) => !not && meaning.is === 'state' && meaning.state === 'deleted')
}

/** True if a search asks for a state, which depends on the running operations. */
export function asksForState(terms: readonly Term[]): boolean {
  return terms.some(({ meaning }) => meaning.is === 'state')
}

type Printed = Pick<Term, 'not' | 'field' | 'operator' | 'value'>

/** The canonical text of a term, with quotes around its value if needed. */
export function printTerm(term: Printed): string {
  const head = (term.not ? '-' : '') + (term.field === null ? '' : `${term.field}${term.operator}`)
  const plain = head + term.value
  return isParsedAs(plain, term) ? plain : `${head}"${term.value.replace(/["\\]/g, '\\$&')}"`
}

/** True if the text is parsed as this term, whatever is before and after the text. */
function isParsedAs(text: string, { not, field, operator, value }: Printed): boolean {
  // After a field name, such a text would become the operator.
  if (/^[:=<>]/.test(text)) return false
  const [token, next, ...more] = tokenize(`${text} x`)
  return (
    token !== undefined &&
    next?.value === 'x' &&
    next.start === text.length + 1 &&
    more.length === 0 &&
    token.not === not &&
    token.field === field &&
    token.operator === operator &&
    token.value === value
  )
}
