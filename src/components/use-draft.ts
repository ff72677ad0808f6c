import { useState } from 'react'
import { askBeforeClosing } from '../lib/browser/ask-before-closing.ts'
import {
  edit,
  editedValues,
  editsSince,
  hasEdits,
  isChangedElsewhere,
  isEdited,
  type Edits,
} from '../lib/edits.ts'
import { currentUser } from '../lib/persisted.ts'
import { createStore, type Store } from '../lib/store.ts'
import { fieldsOf } from '../ui/fields/field.tsx'

/** Unsaved edits by form. They survive a rename, a move and a change of tab, but not a reload. */
const kept = new Map<string, Store<Edits<object>>>()
currentUser.subscribe(() => kept.clear())
askBeforeClosing(() => [...kept.values()].some((edits) => hasEdits(edits.get())))

function keptEdits(form: string): Store<Edits<object>> {
  const edits = kept.get(form) ?? createStore<Edits<object>>({})
  kept.set(form, edits)
  return edits
}

interface Options<T> {
  /** If a name is given, the edits are stored under it and outlast the form. */
  form?: string
  /** Called after each input. */
  onInput?: (names: (keyof T)[]) => void
}

/**
 * A form's fields: BigV's current values, except where the user has edited them. A refresh updates the unedited fields. An edited field
 * whose value has changed meanwhile says so. Edits stay until they are saved or cleared.
 */
export function useDraft<T extends Record<keyof T, string | boolean>>(current: T, options: Options<T> = {}) {
  const { form, onInput } = options
  const [store] = useState(
    () => (form === undefined ? createStore<Edits<T>>({}) : keptEdits(form)) as Store<Edits<T>>,
  )
  const [sent, setSent] = useState<Edits<T>>({})
  const edits = store.use()
  const values = editedValues(edits, current)
  const { text, checked } = fieldsOf(values, (input) => {
    store.set((before) => edit(before, current, input))
    onInput?.(Object.keys(input) as (keyof T)[])
  })
  const differs = (name: keyof T) => isEdited(edits, current, name)
  // While a value is being saved, BigV's answer may show it in another form, such as 0.5 for 0.50.
  const overwrites = (name: keyof T) =>
    isChangedElsewhere(edits, current, name) && sent[name]?.value !== edits[name]?.value
  return {
    values,
    checked,
    /** @param now the current value as a user would say it, such as "4 GiB" */
    text: (name: Parameters<typeof text>[0], now: string = String(current[name])) => ({
      ...text(name),
      warning: overwrites(name) ? changedElsewhere(now) : undefined,
    }),
    /** True if the user has edited the field, so that its value has to be sent. */
    differs,
    /** The value to send, or undefined if the user hasn't edited the field. */
    changed: <K extends keyof T>(name: K) => (differs(name) ? values[name] : undefined),
    clear: () => store.set({}),
    /** Call this when saving begins. Returns callbacks for the mutation: after a success, only the edits made since then are left. */
    saving: () => {
      const saved = store.get()
      setSent(saved)
      return {
        onSuccess: () => store.set((now) => editsSince(now, saved)),
        onSettled: () => setSent({}),
      }
    },
  }
}

/** The part of a draft that doesn't depend on the form's fields. */
export type Draft = Pick<ReturnType<typeof useDraft>, 'clear' | 'saving'>

/** Says at an edited field that its value has changed since. It may be the user's own change in another tab. */
function changedElsewhere(now: string): string {
  return `Changed elsewhere meanwhile. Now: ${now === '' ? 'empty' : now}. Saving overwrites that.`
}
