import { useState } from 'react'
import type { PlannedRequest } from '../../../actions/action.ts'
import { currentUser } from '../../../lib/persisted.ts'

/** What is typed and not saved, by machine and form: a rename, a move or a look at another tab loses none of it. */
const unsaved = new Map<string, object>()
currentUser.subscribe(() => unsaved.clear())
// A reload would: the browser asks first.
globalThis.addEventListener?.('beforeunload', (event) => {
  if (unsaved.size > 0) event.preventDefault()
})

/**
 * Takes the fields of a form as the machine has them, and returns them with what the user has changed: a refresh moves the
 * others, never what is typed. Where the form is named, what is typed outlives it, until it is cleared or the user signs out.
 */
export function useDraft<T extends Record<string, string | boolean>>(current: T, form?: string) {
  const [typed, setTyped] = useState<Partial<T>>(() => (form && unsaved.get(form)) || {})
  const change = (next: Partial<T>) => {
    if (form) unsaved.set(form, next)
    setTyped(next)
  }
  const values: T = { ...current, ...typed }
  return {
    values,
    set: <K extends keyof T>(name: K, value: T[K]) => change({ ...typed, [name]: value }),
    clear: () => {
      if (form) unsaved.delete(form)
      setTyped({})
    },
    /** Whether a field stands otherwise than at the machine. */
    differs: (name: keyof T) => values[name] !== current[name],
  }
}

/** Takes what may be written and returns a patch of what differs, or null when nothing does. */
export function patchOf(
  changes: Readonly<Record<string, { differs: boolean; value: unknown }>>,
): Record<string, unknown> | null {
  const changed = Object.entries(changes).filter(([, { differs }]) => differs)
  return changed.length === 0 ? null : Object.fromEntries(changed.map(([name, { value }]) => [name, value]))
}

/**
 * Takes what was saved and what a form comes to now that it is, null for nothing, and returns whether something else was typed
 * meanwhile. What was saved may still differ from the machine: a secret is read back without itself.
 */
export function typedSince(saved: Values, now: Values | null): boolean {
  return now !== null && Object.entries(now).some(([name, value]) => saved[name] !== value)
}

type Values = Readonly<Record<string, unknown>>

/** The values that requests write. */
export function writtenBy(requests: readonly PlannedRequest[]): Values {
  return Object.assign({}, ...requests.map(({ body }) => body)) as Values
}
