import { countOf } from '../units.ts'
import { FIELDS, isField, STATES, type FieldName } from './fields.ts'
import { printTerm } from './parse.ts'
import { tokenize, type Token } from './tokens.ts'

/** The values that machines have, for each field with how many of them, in the order of the list. */
export type Vocabulary = Readonly<
  Record<Exclude<FieldName, 'is'>, readonly { value: string; count: number }[]>
>

export interface Completion {
  /** The part of the text that the choice takes the place of. */
  from: number
  to: number
  options: readonly Option[]
  /** Whether they are values of a field, one of which is meant; else the word may be just a word. */
  ofValue: boolean
}

export interface Option {
  /** What is put into the text. */
  insert: string
  hint: string
}

const MAX_OPTIONS = 50
/** Fewer letters would be as good as any word. */
const MIN_LETTERS = 2

/** What may be meant at the caret; null for nothing worth offering. `asked`: the user wants to see all that is possible. */
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
    // Where all machines are of one group there is nothing to choose.
    .filter(([name]) => name !== 'group' || vocabulary.group.length > 1)
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
    field === 'is' ? STATES.map((state) => ({ value: state })) : vocabulary[field]
  const beginning = known.filter((each) => each.value.toLowerCase().startsWith(typed))
  const containing = known.filter(
    (each) => !beginning.includes(each) && each.value.toLowerCase().includes(typed),
  )
  const fitting = [...beginning, ...containing]
  // What is typed out needs no completion.
  if (fitting.length === 1 && fitting[0]?.value.toLowerCase() === typed) return []
  return fitting.map((each) => ({
    insert: printTerm({ not: false, field, operator, value: each.value }),
    hint: each.count === undefined ? '' : countOf(each.count, 'machine'),
  }))
}
