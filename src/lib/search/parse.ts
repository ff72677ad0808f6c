import { parseField, type Meaning } from './fields.ts'
import { tokenize, type Operator } from './tokens.ts'

/** A term of a search: what it asks for, how it is printed, and where it stands in the text. */
export interface Term {
  not: boolean
  field: string | null
  operator: Operator | null
  value: string
  meaning: Meaning
  start: number
  end: number
}

/** The terms of a typed search, all of which must fit. A wrong term says why, and the others stand. Never throws. */
export function parseSearch(text: string): Term[] {
  return tokenize(text).map(({ not, field, operator: typed, value: raw, start, end }) => {
    const { operator, value, meaning } = parseField(field, typed, raw)
    return { not, field, operator: field === null ? null : operator, value, meaning, start, end }
  })
}

export function withoutTerm(text: string, { start, end }: Pick<Term, 'start' | 'end'>): string {
  return [text.slice(0, start).trimEnd(), text.slice(end).trimStart()].filter(Boolean).join(' ')
}

/** Whether a search asks for deleted machines, which a list may not have fetched. */
export function asksForDeleted(terms: readonly Term[]): boolean {
  return terms.some(({ not, meaning }) => !not && meaning.is === 'state' && meaning.state === 'deleted')
}

/** Whether what a search asks for depends on the operations running. */
export function asksForState(terms: readonly Term[]): boolean {
  return terms.some(({ meaning }) => meaning.is === 'state')
}

type Printed = Pick<Term, 'not' | 'field' | 'operator' | 'value'>

/** One term as it is typed, its value in quotes where it needs them. */
export function printTerm(term: Printed): string {
  const head = (term.not ? '-' : '') + (term.field === null ? '' : `${term.field}${term.operator}`)
  const plain = head + term.value
  return isParsedAs(plain, term) ? plain : `${head}"${term.value.replace(/["\\]/g, '\\$&')}"`
}

/** Whether the text is read as that term, whatever comes before and after it. */
function isParsedAs(text: string, { not, field, operator, value }: Printed): boolean {
  // The operator of a field that stands before it.
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
