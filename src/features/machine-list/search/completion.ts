import { useRef, useState, type KeyboardEvent } from 'react'
import type { Completion } from '../../../lib/search/complete.ts'
import type { MachineRow } from '../table/columns.ts'
import { searchablesOf } from './found-rows.ts'
import { searchEngine } from './load-engine.ts'

interface Shown extends Completion {
  active: number
}

interface Choice {
  text: string
  caret: number
}

/** Suggestions for the search box, and the handling of the keys that choose one. `onChoose` gets the text with the suggestion inserted. */
export function useCompletion(rows: readonly MachineRow[], onChoose: (choice: Choice) => void) {
  const [shown, setShown] = useState<Shown | null>(null)
  const asked = useRef<string | null>(null)
  const close = () => {
    asked.current = null
    setShown(null)
  }

  const suggest = (text: string, caret: number) => {
    asked.current = text
    const engine = searchEngine.get()
    if (engine === null) {
      // Shortly after the page has opened, the code is still loading. The user may have typed more by the time it is there.
      void searchEngine.load().then((loaded) => loaded && asked.current === text && suggest(text, caret))
      return
    }
    const completion = engine.completionAt(text, caret, engine.vocabularyOf(searchablesOf(rows)))
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

  return { shown, suggest, choose, onKeyDown, close }
}
