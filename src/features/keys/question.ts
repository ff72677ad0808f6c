import { persisted } from '../../lib/persisted.ts'
import { validEntries, z } from '../../lib/schema.ts'
import { createStore } from '../../lib/store.ts'

/** A combination that may restart a machine, before it is sent. */
export interface KeyQuestion {
  id: number
  machine: string
  combination: string
  onSend: () => void
}

export const keyQuestion = createStore<KeyQuestion | null>(null)

/** The ids of the machines for which this tab doesn't ask again. */
export const unasked = persisted(createStore<readonly number[]>([]), {
  key: 'bigv.keys-unasked',
  where: 'tab',
  schema: validEntries(z.number()),
})
