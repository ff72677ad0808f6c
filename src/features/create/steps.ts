import type { CreateValues } from './form-values.ts'
import { problemsOf, type Field } from './errors/problems.ts'

/** The wizard's steps, in their order; they are the values of `step` in the URL. */
export const STEPS = ['machine', 'discs', 'image', 'review'] as const

export type Step = (typeof STEPS)[number]

/** The headings of the steps. */
export const STEP_TITLES: Record<Step, string> = {
  machine: 'Machine',
  discs: 'Discs',
  image: 'Image',
  review: 'Review',
}

const OF_IMAGE: ReadonlySet<string> = new Set<Field>([
  'system',
  'distribution',
  'password_from',
  'root_password',
  'ssh_keys',
  'firstboot_script',
  'keep_script',
  'cdrom_url',
])

/** The step on which a field stands. */
export function stepOfField(field: string): Step {
  if (field.startsWith('discs')) return 'discs'
  return OF_IMAGE.has(field) ? 'image' : 'machine'
}

/** The first step on which something is wrong; the review when nothing is. */
function firstIncomplete(values: CreateValues): Step {
  const wrong = new Set(Object.keys(problemsOf(values)).map(stepOfField))
  return STEPS.find((step) => wrong.has(step)) ?? 'review'
}

/** Takes the step that the URL asks for and returns the one to show: none beyond the first incomplete one. */
export function stepToShow(asked: string | null, values: CreateValues): Step {
  const wanted = STEPS.findIndex((step) => step === asked)
  return STEPS[Math.min(Math.max(wanted, 0), STEPS.indexOf(firstIncomplete(values)))] ?? 'machine'
}

/** The step after this one, or before it. */
export function neighbour(step: Step, by: 1 | -1): Step | undefined {
  return STEPS[STEPS.indexOf(step) + by]
}
