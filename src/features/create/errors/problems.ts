import { useState, type FocusEvent, type KeyboardEvent } from 'react'
import { isIpv4, isIpv6 } from '../../../lib/addresses.ts'
import {
  cdromProblem,
  coresProblem,
  discLabelProblem,
  discSizeProblem,
  memoryProblem,
  scriptProblem,
} from '../../../lib/machine-specs.ts'
import { expandNames, problemWhileTyping } from '../../../lib/name-pattern.ts'
import { noKeysProblem, typedKeysProblem } from '../../../lib/ssh-keys.ts'
import type { CreateValues, DiscValues, Field } from '../form/form-values.ts'
import { stepOfField, type ErrorsOf, type Step } from '../form/steps.ts'
import type { Attempt } from '../form/use-create.ts'
import { isAsSent, serverErrorsOf } from './server-errors.ts'

type Problems = Partial<Record<Field, string>>

/** Problems by field, in the order of the form. Fields that won't be sent are not checked. */
export function problemsOf(values: CreateValues): Problems {
  const { names, problem } = expandNames(values.name)
  const several = names.length > 1
  const found: [Field, string | null][] = [
    ['name', problem],
    ['cores', coresProblem(values.cores)],
    ['memory', memoryProblem(values.memory)],
    ['ipv4', addressProblem(values.ipv4.trim(), isIpv4, 'Enter an IPv4 address, such as 10.0.0.2.', several)],
    ['ipv6', addressProblem(values.ipv6.trim(), isIpv6, 'Enter an IPv6 address, such as fd00::2.', several)],
    ...imageProblems(values),
    ['cdrom_url', cdromProblem(values.cdrom_url)],
    ['discs', lacksDisc(values) ? 'To install an image, add a disc.' : null],
    ...values.discs.flatMap((disc, index): [Field, string | null][] => [
      [`discs.${index}.label`, labelProblem(disc, values.discs.slice(0, index))],
      [`discs.${index}.size`, discSizeProblem(disc.size)],
    ]),
  ]
  return Object.fromEntries(found.flatMap(([field, problem]) => (problem === null ? [] : [[field, problem]])))
}

/** True if an image is to be installed, but there is no disc for it. */
export function lacksDisc({ system, discs }: CreateValues): boolean {
  return system === 'distribution' && discs.length === 0
}

function imageProblems(values: CreateValues): [Field, string | null][] {
  if (values.system === 'none') return []
  const { password_from, ssh_keys, firstboot_script } = values
  const typed = password_from === 'typed'
  return [
    ['distribution', values.distribution === '' ? 'Choose a distribution.' : null],
    ['root_password', typed && values.root_password === '' ? 'Enter a root password.' : null],
    ['ssh_keys', typedKeysProblem(ssh_keys) ?? (password_from === 'none' ? noKeysProblem(ssh_keys) : null)],
    ['firstboot_script', scriptProblem(firstboot_script)],
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
  return several ? 'Several machines can’t share an address. Create them one by one.' : null
}

function labelProblem({ label }: DiscValues, before: readonly DiscValues[]): string | null {
  const isTaken = before.some((other) => other.label === label)
  return discLabelProblem(label) ?? (isTaken ? 'Another disc has this label.' : null)
}

/**
 * Decides which errors to show. A field's problem is shown once the user has left the field, or has tried to leave its step; a name's also
 * while the user types, if more characters can't cure it. BigV's messages are shown as long as the field has the value that was sent.
 */
export function useFieldErrors(values: CreateValues, attempt: Attempt | null) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [revealed, setRevealed] = useState<ReadonlySet<Step>>(new Set())
  const problems = problemsOf(values)
  const problemFields = Object.keys(problems) as Field[]
  const serverErrors = attempt === null ? {} : serverErrorsOf(attempt).fields

  const errorsOf: ErrorsOf = (field) => {
    const problem = problems[field]
    const shown =
      touched.has(field) ||
      revealed.has(stepOfField(field)) ||
      (field === 'name' && problemWhileTyping(values.name) !== null)
    if (problem !== undefined) return shown ? [problem] : undefined
    return attempt !== null && isAsSent(field, values, attempt.sent) ? serverErrors[field] : undefined
  }

  const touch = (target: EventTarget) => {
    if (target instanceof HTMLInputElement) setTouched((before) => new Set(before).add(target.name))
  }

  return {
    errorsOf,
    problemFields,
    problemsOn: (step: Step) => problemFields.filter((field) => stepOfField(field) === step),
    /** Shows all problems of a step from now on. */
    reveal: (step: Step) => setRevealed((before) => new Set(before).add(step)),
    // Tab, or a click into another text field, counts as leaving a field. A click on a button or card doesn't: an error that appears
    // between press and release would move the button from under the pointer.
    touchHandlers: {
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Tab') touch(event.target)
      },
      onBlur: ({ target, relatedTarget }: FocusEvent) => {
        if (relatedTarget instanceof HTMLInputElement && relatedTarget.matches('.control')) touch(target)
      },
    },
  }
}
