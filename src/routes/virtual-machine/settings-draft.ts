import { useState } from 'react'

/**
 * Takes the fields of a form as the machine has them, and returns them with what the user has changed: a refresh moves the
 * others, never what is typed.
 */
export function useDraft<T extends Record<string, string | boolean>>(current: T) {
  const [typed, setTyped] = useState<Partial<T>>({})
  const values: T = { ...current, ...typed }
  return {
    values,
    set: <K extends keyof T>(name: K, value: T[K]) => setTyped((before) => ({ ...before, [name]: value })),
    clear: () => setTyped({}),
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
