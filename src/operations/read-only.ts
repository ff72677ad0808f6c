import { persisted } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { createStore } from '../lib/store.ts'

/** Whether every write is switched off in this browser. */
const readOnly = persisted(createStore(false), {
  // The name of the mode in earlier versions.
  key: 'bigv.look-only',
  where: 'browser',
  schema: z.boolean(),
})

export const isReadOnly = readOnly.get

/** Whether Read-only mode is on. */
export const useReadOnly = readOnly.use

/** Turns the switch, for this browser. */
export const setReadOnly = (on: boolean): void => readOnly.set(on)

/** Why nothing can be sent while the switch is on, or null. */
export function readOnlyReason(on: boolean): string | null {
  return on ? 'Read-only mode is on. Turn it off to make changes.' : null
}
