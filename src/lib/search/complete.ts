import { countOf } from '../units.ts'
import { FIELDS, isField, STATES, type FieldName } from './fields.ts'
import { printTerm } from './parse.ts'
import { tokenize, type Token } from './tokens.ts'

/** The values that the machines have in a field, with the number of machines, in display order. None for a field without suggestions. */
export type Vocabulary = (field: Exclude<FieldName, 'is'>) => readonly { value: string; count: number }[]

export interface Completion {
  /** The chosen option replaces the text between `from` and `to`. */
  from: number
  to: number
  options: readonly Option[]
  /** True if the options are values of a field. Otherwise the input may also be a plain word. */
  ofValue: boolean
}

export interface Option {
  /** The text to insert. */
  insert: string
  hint: string
}

const MAX_OPTIONS = 50
/** With fewer letters, almost any word would get suggestions. */
const MIN_LETTERS = 2

/** The suggestions at the caret, or null for none. `showAll`: the user asked for all options. */
export function completionAt(
  text: string,
  caret: number,
  vocabulary: Vocabulary,
  showAll = false,
): Completion | null {
  const token = tokenize(text).find(({ start, end }) => start < caret && caret <= end)
  if (token === undefined)
    return showAll ? completion(caret, caret, fieldOptions('', vocabulary), false) : null
  const from = token.start + (token.not ? 1 : 0)
  if (token.field === null) {
    const typed = text.slice(from, caret).toLowerCase()
    if (!showAll && typed.length < MIN_LETTERS) return null
    return completion(from, token.end, fieldOptions(typed, vocabulary), false)
  }
  if (!isField(token.field) || caret < token.valueStart) return null
  return completion(from, token.end, valueOptions(token, token.field, vocabulary), true)
}

function completion(from: number, to: number, options: Option[], ofValue: boolean): Completion | null {
  return options.length === 0 ? null : { from, to, options: options.slice(0, MAX_OPTIONS), ofValue }
}

function fieldOptions(typed: string, vocabulary: Vocabulary): Option[] {
  const fields = Object.entries(FIELDS)
    .filter(([name]) => name.startsWith(typed))
    // With a single group there is nothing to choose.
    .filter(([name]) => name !== 'group' || vocabulary('group').length > 1)
    .map(([, { begin, about }]) => ({ insert: begin, hint: about }))
  const states = STATES.filter((state) => typed !== '' && state.startsWith(typed)).map((state) => ({
    insert: `is:${state}`,
    hint: 'state',
  }))
  return [...fields, ...states]
}

function valueOptions({ operator, value }: Token, field: FieldName, vocabulary: Vocabulary): Option[] {
  const typed = value.toLowerCase()
  const known: readonly { value: string; count?: number }[] =
    field === 'is' ? STATES.map((state) => ({ value: state })) : vocabulary(field)
  const beginning = known.filter((each) => each.value.toLowerCase().startsWith(typed))
  const containing = known.filter(
    (each) => !beginning.includes(each) && each.value.toLowerCase().includes(typed),
  )
  const fitting = [...beginning, ...containing]
  // A complete value needs no suggestion.
  if (fitting.length === 1 && fitting[0]?.value.toLowerCase() === typed) return []
  return fitting.map((each) => ({
    insert: printTerm({ not: false, field, operator, value: each.value }),
    hint: each.count === undefined ? '' : countOf(each.count, 'machine'),
  }))
}
