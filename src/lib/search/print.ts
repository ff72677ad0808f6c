import type { Term } from './parse.ts'
import { tokenize } from './tokens.ts'

type Printed = Pick<Term, 'not' | 'field' | 'operator' | 'value'>

/** Takes terms and returns the text that means them: parsed again, it gives the same terms. */
export function printSearch(terms: readonly Printed[]): string {
  return terms.map(printTerm).join(' ')
}

/** Takes one term and returns it as it is typed, its value in quotes where it needs them. */
export function printTerm(term: Printed): string {
  const head = (term.not ? '-' : '') + (term.field === null ? '' : `${term.field}${term.operator}`)
  const plain = head + term.value
  return reads(plain, term) ? plain : `${head}"${term.value.replace(/["\\]/g, '\\$&')}"`
}

/** Whether the text is read as that term, whatever comes before and after it. */
function reads(text: string, { not, field, operator, value }: Printed): boolean {
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
