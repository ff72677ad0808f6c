import type { FieldPath } from 'react-hook-form'
import { isIpv4, isIpv6 } from '../../../lib/addresses.ts'
import {
  discLabelProblem,
  discSizeProblem,
  cdromProblem,
  coresProblem,
  memoryProblem,
} from '../../../lib/machine-specs.ts'
import { expandNames } from '../../../lib/name-pattern.ts'
import { sshKeysIn, typedKeysProblem } from '../../../lib/ssh-keys.ts'
import type { CreateValues, DiscValues } from '../form-values.ts'

/** A field of the form. */
export type Field = FieldPath<CreateValues>

/** What is wrong with each field, in the order in which the fields stand on the pages. */
export type Problems = Partial<Record<Field, string>>

/** Takes what stands in the form and returns what is wrong with it. Fields that will not be sent are not looked at. */
export function problemsOf(values: CreateValues): Problems {
  const { names, problem } = expandNames(values.name)
  const several = names.length > 1
  const found: [Field, string | null][] = [
    ['name', problem],
    ['cores', coresProblem(values.cores)],
    ['memory', memoryProblem(values.memory)],
    ['ipv4', addressProblem(values.ipv4.trim(), isIpv4, 'An IPv4 address, such as 10.0.0.2.', several)],
    ['ipv6', addressProblem(values.ipv6.trim(), isIpv6, 'An IPv6 address, such as fd00::2.', several)],
    ...values.discs.flatMap((disc, index): [Field, string | null][] => [
      [`discs.${index}.label`, labelProblem(disc, values.discs.slice(0, index))],
      [`discs.${index}.size`, discSizeProblem(disc.size)],
    ]),
    ...imageProblems(values),
    ['cdrom_url', cdromProblem(values.cdrom_url)],
  ]
  return Object.fromEntries(found.flatMap(([field, problem]) => (problem === null ? [] : [[field, problem]])))
}

function imageProblems(values: CreateValues): [Field, string | null][] {
  if (values.system === 'none') return []
  const { password_from, ssh_keys, firstboot_script: script } = values
  const unreachable = password_from === 'none' && sshKeysIn(ssh_keys).length === 0
  const typed = password_from === 'typed'
  return [
    ['system', values.discs.length === 0 ? 'A distribution needs a disc to go on, and there is none.' : null],
    ['distribution', values.distribution === '' ? 'Choose a distribution.' : null],
    ['root_password', typed && values.root_password === '' ? 'Type a root password.' : null],
    [
      'ssh_keys',
      typedKeysProblem(ssh_keys) ?? (unreachable ? 'Without a root password it needs an SSH key.' : null),
    ],
    [
      'firstboot_script',
      script.trim() === '' || script.startsWith('#!')
        ? null
        : 'It has to begin with #! and the program that runs it, such as #!/bin/sh.',
    ],
  ]
}

function addressProblem(
  address: string,
  isAddress: (text: string) => boolean,
  wanted: string,
  several: boolean,
): string | null {
  if (address === '') return null
  if (!isAddress(address)) return wanted
  return several ? 'Several machines cannot have one address. Make them one by one.' : null
}

function labelProblem({ label }: DiscValues, before: readonly DiscValues[]): string | null {
  const taken = before.some((other) => other.label === label)
  return discLabelProblem(label) ?? (taken ? 'Another disc has this label.' : null)
}
