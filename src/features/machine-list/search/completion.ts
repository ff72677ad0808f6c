import { useState, type KeyboardEvent } from 'react'
import { completionAt, type Completion, type Vocabulary } from '../../../lib/search/complete.ts'

interface Shown extends Completion {
  active: number
}

interface Taken {
  text: string
  caret: number
}

/** What the box offers while one types, and the keys that choose from it. `onTake` gets the text with the choice in it. */
export function useCompletion(vocabulary: () => Vocabulary, onTake: (taken: Taken) => void) {
  const [shown, setShown] = useState<Shown | null>(null)

  const suggest = (text: string, caret: number, asked = false) => {
    const completion = completionAt(text, caret, vocabulary(), asked)
    // Of a field's values one is meant; a word may be just a word, and Enter is not to make another of it.
    setShown(completion && { ...completion, active: completion.ofValue || asked ? 0 : -1 })
  }

  const take = (text: string, index: number) => {
    const option = shown?.options[index]
    if (!shown || !option) return
    const before = text.slice(0, shown.from) + option.insert
    const after = text.slice(shown.to)
    // After a field comes its value, after a value another term.
    const whole = !/[:=<>]$/.test(option.insert)
    const space = whole && !after.startsWith(' ') ? ' ' : ''
    const taken = { text: before + space + after, caret: before.length + (whole ? 1 : 0) }
    onTake(taken)
    if (whole) setShown(null)
    else suggest(taken.text, taken.caret)
  }

  /** Returns whether the key was for the completion. */
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    const { value, selectionStart } = event.currentTarget
    const { key } = event
    if (event.ctrlKey || event.metaKey) return false
    if (shown === null) {
      if (key !== 'ArrowDown') return false
      suggest(value, selectionStart ?? value.length, true)
    } else if (key === 'ArrowDown' || key === 'ArrowUp') {
      const count = shown.options.length
      const step = key === 'ArrowDown' ? 1 : -1
      const from = shown.active === -1 && step === -1 ? 0 : shown.active
      setShown({ ...shown, active: (from + step + count) % count })
    } else if ((key === 'Enter' || (key === 'Tab' && !event.shiftKey)) && shown.active !== -1) {
      take(value, shown.active)
    } else if (key === 'Escape') {
      setShown(null)
    } else return false
    event.preventDefault()
    return true
  }

  return { shown, suggest, take, onKeyDown, close: () => setShown(null) }
}
