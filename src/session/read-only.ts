import { persisted } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { createStore } from '../lib/store.ts'

/** True if this browser makes no changes. */
const readOnly = persisted(createStore(false), {
  // The mode's name in earlier versions.
  key: 'bigv.look-only',
  where: 'browser',
  schema: z.boolean(),
})

export const isReadOnly = readOnly.get

/** True if read-only mode is on. */
export const useReadOnly = readOnly.use

/** Turns read-only mode on or off, for this browser. */
export const setReadOnly = (on: boolean): void => readOnly.set(on)

/** Why nothing can be sent in read-only mode, or null. */
export function readOnlyReason(on: boolean): string | null {
  return on ? 'Read-only mode is on. Turn it off to make changes.' : null
}
