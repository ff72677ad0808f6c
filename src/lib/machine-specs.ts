import { formatMib, mibIn, numberIn } from './units.ts'

// Checks the values of machines and discs in forms. Each function returns the problem of an input, or null.

// The largest 32-bit integer. BigV checks its own, lower limits.
const MAX_INTEGER = 2 ** 31 - 1

export function coresProblem(text: string): string | null {
  const cores = numberIn(text)
  if (text.trim() === '') return 'Enter the number of cores.'
  if (!Number.isInteger(cores) || cores < 1) return 'Enter a whole number of cores, at least 1.'
  return cores > MAX_INTEGER ? 'That number is too large.' : null
}

export function memoryProblem(text: string): string | null {
  const mib = mibIn(text)
  if (text.trim() === '') return 'Enter the memory.'
  if (Number.isNaN(mib)) return 'Enter a number of GiB, such as 4 or 0.5.'
  if (mib < 1) return 'At least 1 MiB.'
  return mib > MAX_INTEGER ? 'That number is too large.' : null
}

/** Checks the URL of a CD image, which may be empty. */
export function cdromProblem(text: string): string | null {
  if (text.trim() === '') return null
  const usable = URL.canParse(text.trim()) && /^https?:\/\//i.test(text.trim())
  return usable ? null : 'Enter a full URL that starts with http:// or https://.'
}

/** Checks a first-boot script, which may be empty. */
export function scriptProblem(script: string): string | null {
  if (script.trim() === '' || script.startsWith('#!')) return null
  return 'Start the script with #! and the program that runs it, such as #!/bin/sh.'
}

// Discs have from 50 MiB (the official client's own tests) to 2 TiB (docs/bigv-api.md#8-discs).
const DISC_MIB = { least: 50, most: 2048 * 1024 }

/** Checks a disc's size in GiB; `nowMib` is the current size. A disc can't shrink: data beyond the new end would be lost. */
export function discSizeProblem(text: string, nowMib = 0): string | null {
  const mib = mibIn(text)
  if (text.trim() === '') return 'Enter the size of the disc.'
  if (Number.isNaN(mib)) return 'Enter a number of GiB, such as 25 or 0.5.'
  if (mib < nowMib) return `The disc has ${formatMib(nowMib)} and can only grow.`
  if (mib < DISC_MIB.least) return 'At least 50 MiB, which is 0.05 GiB.'
  return mib > DISC_MIB.most ? 'At most 2 TiB, which is 2048 GiB.' : null
}

/** BigV refuses labels that look like a Unix device (docs/bigv-api.md#8-discs). */
export function discLabelProblem(label: string): string | null {
  if (label.trim() === '') return 'Enter a label for the disc.'
  if (/^[vsh]d[a-z]+$/i.test(label)) return 'A label can’t look like a device name (vda, sda, hda).'
  return null
}

/** The next free "disc-N", numbered as BigV's command-line client does. */
export function nextDiscLabel(labels: readonly string[]): string {
  // Longer numbers aren't exact, and can't be reached by counting.
  const numbers = labels.map((label) => Number(/^disc-(\d{1,15})$/.exec(label)?.[1] ?? 0))
  return `disc-${Math.max(labels.length, ...numbers, 0) + 1}`
}

/** True for a Windows distribution, going by BigV's names: winweb2k8r2, winstd2012 (docs/bigv-api.md#11-definitions). */
export function isWindows(distribution: string): boolean {
  return distribution.startsWith('win')
}
