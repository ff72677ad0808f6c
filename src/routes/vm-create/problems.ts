import type { FieldPath } from 'react-hook-form'
import { discLabelProblem } from '../../lib/disc-labels.ts'
import { discSizeProblem } from '../../lib/disc-sizes.ts'
import { machineNameProblem } from '../../lib/machine-names.ts'
import { cdromProblem, coresProblem, memoryProblem } from '../../lib/machine-specs.ts'
import type { CreateValues, DiscValues } from './form-values.ts'

/** A field of the form. */
export type Field = FieldPath<CreateValues>

/** What is wrong with each field, in the order in which the fields stand on the pages. */
export type Problems = Partial<Record<Field, string>>

/** Takes what stands in the form and returns what is wrong with it. Fields that will not be sent are not looked at. */
export function problemsOf(values: CreateValues): Problems {
  const found: [Field, string | null][] = [
    ['name', machineNameProblem(values.name)],
    ['cores', coresProblem(values.cores)],
    ['memory', memoryProblem(values.memory)],
    ...values.discs.flatMap((disc, index): [Field, string | null][] => [
      [`discs.${index}.label`, labelProblem(disc, values.discs.slice(0, index))],
      [`discs.${index}.size`, discSizeProblem(disc.size)],
    ]),
    ...imageProblems(values),
  ]
  return Object.fromEntries(found.flatMap(([field, problem]) => (problem === null ? [] : [[field, problem]])))
}

function imageProblems(values: CreateValues): [Field, string | null][] {
  if (values.system === 'none') return [['cdrom_url', cdromProblem(values.cdrom_url)]]
  const typed = values.password_from === 'typed'
  return [
    ['system', values.discs.length === 0 ? 'A distribution needs a disc to go on, and there is none.' : null],
    ['distribution', values.distribution === '' ? 'Choose a distribution.' : null],
    ['root_password', typed && values.root_password === '' ? 'Type a root password.' : null],
  ]
}

function labelProblem({ label }: DiscValues, before: readonly DiscValues[]): string | null {
  const taken = before.some((other) => other.label === label)
  return discLabelProblem(label) ?? (taken ? 'Another disc has this label.' : null)
}
