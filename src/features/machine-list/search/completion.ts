import { useState, type KeyboardEvent } from 'react'
import { compareNatural } from '../../../lib/names.ts'
import { completionAt, type Completion, type Vocabulary } from '../../../lib/search/complete.ts'
import {
  printAmount,
  TEXT_FIELD_NAMES,
  textOf,
  type Searchable,
  type TextField,
} from '../../../lib/search/fields.ts'
import type { MachineRow } from '../table/columns.ts'
import { searchableOf } from './found-rows.ts'

interface Shown extends Completion {
  active: number
}

interface Choice {
  text: string
  caret: number
}

/** Suggestions for the search box, and the handling of the keys that choose one. `onChoose` gets the text with the suggestion inserted. */
export function useCompletion(vocabulary: () => Vocabulary, onChoose: (choice: Choice) => void) {
  const [shown, setShown] = useState<Shown | null>(null)

  const suggest = (text: string, caret: number) => {
    const completion = completionAt(text, caret, vocabulary())
    // If the user is completing a field's value, the first suggestion is preselected. Otherwise none is: the user may mean the plain word,
    // which Enter must not replace.
    setShown(completion && { ...completion, active: completion.ofValue ? 0 : -1 })
  }

  const choose = (text: string, index: number) => {
    const option = shown?.options[index]
    if (!shown || !option) return
    const before = text.slice(0, shown.from) + option.insert
    const after = text.slice(shown.to)
    // After a field such as `is:`, the value must follow directly. After a complete term, a space is added.
    const whole = !/[:=<>]$/.test(option.insert)
    const space = whole && !after.startsWith(' ') ? ' ' : ''
    const choice = { text: before + space + after, caret: before.length + (whole ? 1 : 0) }
    onChoose(choice)
    if (whole) setShown(null)
    else suggest(choice.text, choice.caret)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    const { key } = event
    if (shown === null || event.ctrlKey || event.metaKey) return false
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const count = shown.options.length
      const step = key === 'ArrowDown' ? 1 : -1
      const from = shown.active === -1 && step === -1 ? 0 : shown.active
      setShown({ ...shown, active: (from + step + count) % count })
    } else if ((key === 'Enter' || (key === 'Tab' && !event.shiftKey)) && shown.active !== -1) {
      choose(event.currentTarget.value, shown.active)
    } else if (key === 'Escape') {
      setShown(null)
    } else return false
    event.preventDefault()
    return true
  }

  return { shown, suggest, choose, onKeyDown, close: () => setShown(null) }
}

const known = new WeakMap<readonly MachineRow[], Vocabulary>()

/** The values in a list's rows, and how many machines have each. Cached for each array of rows. */
export function vocabularyOf(rows: readonly MachineRow[]): Vocabulary {
  let vocabulary = known.get(rows)
  if (vocabulary === undefined) {
    vocabulary = {
      ...textVocabulary(rows.map(searchableOf)),
      cores: counted(rows.map(({ vm }) => vm.cores)),
      memory: counted(rows.map(({ vm }) => vm.memory)).map(({ value, count }) => ({
        value: printAmount(Number(value)),
        count,
      })),
    }
    known.set(rows, vocabulary)
  }
  return vocabulary
}

function textVocabulary(machines: readonly Searchable[]) {
  const values = TEXT_FIELD_NAMES.map((field) => [
    field,
    counted(machines.map((each) => textOf(each, field))),
  ])
  return Object.fromEntries(values) as Pick<Vocabulary, TextField>
}

function counted(
  values: readonly (string | number | null | undefined)[],
): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const value of values) {
    if (value === null || value === undefined || value === '') continue
    counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => compareNatural(a.value, b.value))
}
