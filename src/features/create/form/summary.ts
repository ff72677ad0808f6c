import { imageName } from '../../../lib/images.ts'
import { expandNames } from '../../../lib/name-pattern.ts'
import { countOf, formatMib, formatTotalMib, mibIn, numberIn } from '../../../lib/units.ts'
import type { CreateValues } from './form-values.ts'

const SEPARATOR = ' · '

/** The machine in the form, in a few words each. A part is empty as long as its fields are empty or invalid. */
export interface Summary {
  /** "web1", or "web{1..5} (5 machines)". */
  name: string
  /** "2 cores · 4 GiB" */
  size: string
  /** The sizes of all discs together. */
  discs: string
  image: string
  /** "no" if the image is a name, which browsers mustn't translate. */
  imageTranslate: 'no' | undefined
}

interface Part {
  text: string
  translate?: 'no' | undefined
}

export function summaryOf(values: CreateValues): Summary {
  const { names } = expandNames(values.name)
  const cores = numberIn(values.cores)
  const memory = mibIn(values.memory)
  const discs = values.discs.reduce((sum, { size }) => sum + mibIn(size), 0)
  return {
    name: names.length > 1 ? `${values.name} (${countOf(names.length, 'machine')})` : values.name,
    size: joined([
      Number.isNaN(cores) ? '' : countOf(cores, 'core'),
      Number.isNaN(memory) ? '' : formatMib(memory),
    ]),
    discs: values.discs.length === 0 ? 'no discs' : Number.isNaN(discs) ? '' : formatTotalMib(discs),
    image: imageInWords(values),
    imageTranslate: values.system === 'none' ? undefined : 'no',
  }
}

/** The parts of the summary in a line: "2 cores · 4 GiB · 125 GiB · Debian 7". */
export function summaryParts({ size, discs, image, imageTranslate }: Summary): Part[] {
  const parts: Part[] = [...size.split(SEPARATOR), discs].map((text) => ({ text }))
  return [...parts, { text: image, translate: imageTranslate }].filter(({ text }) => text !== '')
}

function imageInWords({ system, distribution }: CreateValues): string {
  if (system === 'none') return 'no image'
  return distribution === '' ? '' : imageName(distribution).name
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(SEPARATOR)
}
