import { MOST_PRESSES, type Combination } from './combinations.ts'

/** A press that is to be sent: names of keys, joined by dashes, and where it comes from. */
export interface Chosen {
  press: string
  /** Recorded ones are kept nowhere. */
  recorded: boolean
  /** Tells apart presses of the same keys. */
  place: number
}

/** Takes the presses so far and more of them, and returns all, in order. */
export function withPresses(
  before: readonly Chosen[],
  presses: readonly string[],
  recorded: boolean,
): Chosen[] {
  const from = (before.at(-1)?.place ?? -1) + 1
  return [...before, ...presses.map((press, index) => ({ press, recorded, place: from + index }))]
}

/** Takes the presses and the name that they would be saved under, and returns why they cannot be, or null. */
export function savingReason(chosen: readonly Chosen[], name: string): string | null {
  if (chosen.some(({ recorded }) => recorded)) {
    return 'Recorded presses are kept nowhere: press them on the keyboard to save them.'
  }
  if (chosen.length === 0) return 'Choose keys first.'
  if (chosen.length > MOST_PRESSES) return `At most ${MOST_PRESSES} presses are saved.`
  return name.trim() === '' ? 'Give it a name first.' : null
}

/** Takes a combination and the key names of the definitions, and returns why it cannot be pressed, or null. */
export function combinationReason({ presses }: Combination, names: ReadonlySet<string>): string | null {
  const unknown = presses.flatMap((press) => press.split('-')).find((key) => !names.has(key))
  return unknown === undefined ? null : `BigV has no name for the key ${unknown}.`
}
