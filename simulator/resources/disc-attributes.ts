import { integer, isHash, oneOf, orNone, readAttributes, text } from '../http/attributes.ts'
import type { FieldErrors } from '../http/refusal.ts'
import { freeLabel, type DiscWish } from '../machine/discs.ts'
import { limits } from '../rules/limits.ts'
import { messages } from '../rules/messages.ts'
import { definitions } from './definitions.ts'

/** The attributes of a disc that can be set; `size` in MiB. [docs] */
export const discAttributes = {
  label: orNone(text({ max: limits.discLabel.value.max })),
  size: integer(limits.discSize.value),
  storage_grade: oneOf(definitions.storage_grades),
}

/**
 * Reads the discs of a creation. Returns them, and one hash of messages per disc, empty for the good ones, if any is bad
 * [fixture].
 */
export const readDiscs = (wanted: readonly unknown[]): { discs: DiscWish[]; errors: FieldErrors } => {
  const labels: string[] = []
  const discs: DiscWish[] = []
  const errors = wanted.map((each): Record<string, string[]> => {
    if (!isHash(each)) return { base: [messages.invalid] }
    const { values, errors } = readAttributes(each, discAttributes, ['size'])
    const label = values.label ?? freeLabel(labels)
    if (labels.includes(label)) return { ...errors, label: [messages.taken] }
    labels.push(label)
    discs.push({ ...values, label, size: values.size ?? 0 })
    return errors
  })
  const bad = errors.some((each) => Object.keys(each).length > 0)
  return { discs, errors: bad ? { discs: errors } : {} }
}
