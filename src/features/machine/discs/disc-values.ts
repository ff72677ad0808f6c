import type { Disc } from '../../../api/virtual-machine.ts'
import { discLabelProblem, nextDiscLabel, discSizeProblem } from '../../../lib/machine-specs.ts'
import { mibIn, mibToGib } from '../../../lib/units.ts'

/** A disc as it stands in the form; the size in GiB, as typed. */
export interface DiscValues extends Record<string, string> {
  label: string
  size: string
  storage_grade: string
}

/** BigV's own default (API reference, "Discs"). */
const USUAL_GRADE = 'sata'

/** Takes the discs that the machine has and the grades there are, and returns what is suggested for another. */
export function suggestedDisc(discs: readonly Disc[], grades: readonly string[]): DiscValues {
  const grade = grades.includes(USUAL_GRADE) ? USUAL_GRADE : (grades[0] ?? USUAL_GRADE)
  return { label: nextDiscLabel(discs.map(({ label }) => label)), size: '25', storage_grade: grade }
}

/** Takes a disc and returns it as the form has it. */
export function valuesOf(disc: Disc): DiscValues {
  return { label: disc.label, size: gibText(disc.size), storage_grade: disc.storage_grade ?? '' }
}

/**
 * Takes what stands in the form, the disc that is changed or null for a new one, and the machine's discs; returns what to
 * write of it, sizes in MiB, or null when nothing is changed. What does not differ is not written.
 */
export function attributesOf(values: DiscValues, disc: Disc | null): Record<string, unknown> | null {
  const written: Record<string, unknown> = {}
  const now = disc && valuesOf(disc)
  if (values.label !== now?.label) written['label'] = values.label
  if (values.size !== now?.size && mibIn(values.size) !== disc?.size) written['size'] = mibIn(values.size)
  if (values.storage_grade !== now?.storage_grade) written['storage_grade'] = values.storage_grade
  return Object.keys(written).length === 0 ? null : written
}

/** Takes the same and returns what is wrong with each field, or null. A label that the disc has already may stay. */
export function discProblems(
  values: DiscValues,
  disc: Disc | null,
  discs: readonly Disc[],
): Readonly<Record<keyof DiscValues, string | null>> {
  const { label, size } = values
  const taken = discs.some((other) => other.id !== disc?.id && other.label === label)
  const sizeStays = disc !== null && size === gibText(disc.size)
  return {
    label:
      label === disc?.label
        ? null
        : (discLabelProblem(label) ?? (taken ? 'Another disc of this machine has this label.' : null)),
    size: sizeStays ? null : discSizeProblem(size, disc?.size),
    storage_grade: values.storage_grade === '' && disc === null ? 'Choose a storage grade.' : null,
  }
}

// Short, and of enough digits to come back as the same MiB.
function gibText(mib: number): string {
  return String(Number(mibToGib(mib).toFixed(4)))
}
