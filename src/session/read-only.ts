import { persisted } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { createStore } from '../lib/store.ts'

/** True in read-only mode, in which this browser makes no changes. */
const readOnly = persisted(createStore(false), {
  // Earlier versions called the mode “look only”.
  key: 'bigv.look-only',
  where: 'browser',
  schema: z.boolean(),
})

export const isReadOnly = readOnly.get

export const useReadOnly = readOnly.use

/** Turns read-only mode on or off, for this browser. */
export const setReadOnly = (on: boolean): void => readOnly.set(on)

/** Why nothing can be sent in read-only mode, or null. */
export function readOnlyReason(on: boolean): string | null {
  return on ? 'Read-only mode is on. Turn it off to make changes.' : null
}
