import type { Definitions } from '../../../api/definitions.ts'
import type { GroupRef } from '../../../lib/links.ts'
import type { CreateValues, Field } from './form-values.ts'
import type { Attempt } from './use-create.ts'

/** The wizard's steps in order, as `step` in the URL names them. */
export const STEPS = ['machine', 'image', 'discs', 'review'] as const

export type Step = (typeof STEPS)[number]

export const STEP_TITLES: Record<Step, string> = {
  machine: 'Machine',
  image: 'Image',
  discs: 'Discs',
  review: 'Review',
}

/** The errors to show at a field, if any. */
export type ErrorsOf = (field: Field) => readonly string[] | undefined

export interface StepProps {
  group: GroupRef
  values: CreateValues
  /** Undefined until loaded. */
  definitions: Definitions | undefined
  errorsOf: ErrorsOf
  attempt: Attempt | null
  goTo: (step: Step) => void
}

const IMAGE_FIELDS: ReadonlySet<string> = new Set<Field>([
  'system',
  'distribution',
  'password_from',
  'root_password',
  'ssh_keys',
  'firstboot_script',
  'keep_script',
  'cdrom_url',
])

export function stepOfField(field: string): Step {
  if (field.startsWith('discs')) return 'discs'
  return IMAGE_FIELDS.has(field) ? 'image' : 'machine'
}

/** The requested step, or the first step with a problem if that comes before the requested one. */
export function stepToShow(requested: string | null, problemFields: readonly string[]): Step {
  const incomplete = new Set(problemFields.map(stepOfField))
  const furthest = STEPS.find((step) => incomplete.has(step)) ?? 'review'
  const index = STEPS.findIndex((step) => step === requested)
  return STEPS[Math.min(Math.max(index, 0), STEPS.indexOf(furthest))] ?? 'machine'
}

/** The step after or before this one. */
export function neighbour(step: Step, by: 1 | -1): Step | undefined {
  return STEPS[STEPS.indexOf(step) + by]
}
