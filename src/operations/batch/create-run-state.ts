import type { CreateRun, RunItem } from './create-runs.ts'
import type { Operation } from '../operation.ts'

/** How one machine of a run stands: made, on its way, or failed; and in a word or two. */
export interface ItemState {
  is: 'made' | 'moving' | 'failed'
  word: string
  note: string
}

/** Takes a machine of a run, the run, and the machine's operation, if it has one, and returns how it stands. */
export function itemState(
  item: RunItem,
  run: Pick<CreateRun, 'going' | 'stopping'>,
  operation: Operation | undefined,
): ItemState {
  const { note } = item
  switch (item.is) {
    case 'queued':
      return run.going && !run.stopping
        ? { is: 'moving', word: 'Waits for its turn', note }
        : { is: 'failed', word: 'Not sent', note }
    case 'sending':
      return { is: 'moving', word: 'Being sent…', note }
    case 'taken':
      return { is: 'failed', word: 'Not sent: the name is taken', note }
    case 'refused':
      return { is: 'failed', word: 'Refused', note }
    case 'unclear':
      return { is: 'failed', word: 'Not known', note }
    case 'not sent':
      return { is: 'failed', word: 'Not sent', note }
    case 'begun':
      return begun(operation)
  }
}

function begun(operation: Operation | undefined): ItemState {
  // The record is dropped after a hundred others; that BigV accepted it is known.
  if (operation === undefined) return { is: 'made', word: 'Accepted', note: '' }
  const { phase, outcome, note } = operation
  if (phase !== 'ended') return { is: 'moving', word: 'Creating…', note: '' }
  if (outcome === 'done') return { is: 'made', word: 'Created', note }
  if (outcome === 'no longer watching') return { is: 'made', word: 'Accepted, no longer watched', note }
  return { is: 'failed', word: 'Accepted, then lost', note }
}

/** Takes the states of a run's machines and returns how many there are of each: "3 created, 1 on its way, 1 failed". */
export function statesInWords(states: readonly ItemState[]): string {
  const parts = (['made', 'moving', 'failed'] as const).flatMap((is) => {
    const count = states.filter((state) => state.is === is).length
    return count === 0 ? [] : [`${count} ${WORDS[is]}`]
  })
  return parts.join(', ')
}

const WORDS = { made: 'created', moving: 'on the way', failed: 'failed' }
