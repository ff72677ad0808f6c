import { compareNatural } from '../../../lib/names.ts'
import type { Vocabulary } from '../../../lib/search/complete.ts'
import { printAmount } from '../../../lib/search/amounts.ts'
import { definitionOf, textsOf } from '../../../lib/search/fields.ts'
import type { Searchable } from '../../../lib/search/searchable.ts'

type Field = Parameters<Vocabulary>[0]
type Values = ReturnType<Vocabulary>

const known = new WeakMap<readonly Searchable[], Map<Field, Values>>()

/** The values that these machines have, and how many machines have each. Counted once for each field and array of machines. */
export function vocabularyOf(machines: readonly Searchable[]): Vocabulary {
  const fields = known.get(machines) ?? new Map<Field, Values>()
  known.set(machines, fields)
  return (field) => {
    const values = fields.get(field) ?? valuesOf(machines, field)
    fields.set(field, values)
    return values
  }
}

function valuesOf(machines: readonly Searchable[], field: Field): Values {
  switch (field) {
    case 'cores':
      return counted(machines, ({ cores }) => [cores])
    case 'memory':
      return sizes(machines, ({ memory }) => [memory])
    case 'disc':
      return sizes(machines, ({ discs }) => discs.map(({ size }) => size))
    default:
      return definitionOf(field).unique ? [] : counted(machines, (machine) => textsOf(machine, field))
  }
}

function sizes(machines: readonly Searchable[], of: (machine: Searchable) => number[]): Values {
  return counted(machines, of).map(({ value, count }) => ({ value: printAmount(Number(value)), count }))
}

function counted(machines: readonly Searchable[], of: (machine: Searchable) => (string | number)[]): Values {
  const counts = new Map<string, number>()
  for (const machine of machines) {
    for (const value of new Set(of(machine))) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => compareNatural(a.value, b.value))
}
