import { compareNatural } from '../../../lib/names.ts'
import { printAmount } from '../../../lib/search/fields.ts'
import type { Vocabulary } from '../../../lib/search/complete.ts'
import type { MachineRow } from '../row.ts'

const known = new WeakMap<readonly MachineRow[], Vocabulary>()

/** Takes the rows of a list and returns the values that they have, for the completion; counted once for the same rows. */
export function vocabularyOf(rows: readonly MachineRow[]): Vocabulary {
  let vocabulary = known.get(rows)
  if (vocabulary === undefined) {
    vocabulary = {
      group: counted(rows.map(({ group }) => group.group)),
      head: counted(rows.map(({ vm }) => vm.head)),
      profile: counted(rows.map(({ vm }) => vm.hardware_profile)),
      cores: counted(rows.map(({ vm }) => vm.cores)),
      memory: counted(rows.map(({ vm }) => vm.memory)).map(({ value, count }) => ({
        value: printAmount(Number(value)),
        count,
      })),
    }
    known.set(rows, vocabulary)
  }
  return vocabulary
}

function counted(
  values: readonly (string | number | null | undefined)[],
): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const value of values) {
    if (value === null || value === undefined || value === '') continue
    counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => compareNatural(a.value, b.value))
}
