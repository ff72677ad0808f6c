import { formatMib, mibIn, numberIn } from './units.ts'

// What a machine and its discs may be, as far as the API's sources say (docs/bigv-api.md). A “problem” says why a typed value cannot be one.

// BigV's integers; what is sensible below that is for BigV to say.
const LARGEST = 2 ** 31 - 1

/** Takes what was typed as a number of cores and returns why it cannot be one, or null. */
export function coresProblem(text: string): string | null {
  const cores = numberIn(text)
  if (text.trim() === '') return 'Say how many cores.'
  if (!Number.isInteger(cores) || cores < 1) return 'A whole number of cores, at least 1.'
  return cores > LARGEST ? 'That is too large a number.' : null
}

/** Takes what was typed as memory in GiB and returns why it cannot be that, or null. */
export function memoryProblem(text: string): string | null {
  const mib = mibIn(text)
  if (text.trim() === '') return 'Say how much memory.'
  if (Number.isNaN(mib)) return 'A number of GiB, such as 4 or 0.5.'
  if (mib < 1) return 'At least 1 MiB.'
  return mib > LARGEST ? 'That is too large a number.' : null
}

/** Takes what was typed as the URL of a CD and returns why it cannot be one, or null; none is fine. */
export function cdromProblem(text: string): string | null {
  if (text.trim() === '') return null
  const usable = URL.canParse(text.trim()) && /^https?:\/\//i.test(text.trim())
  return usable ? null : 'A whole address that begins with http:// or https://.'
}

/** 50 MiB (the official client's own tests) to 2 TiB (API reference, "Discs"). */
const DISC_MIB = { least: 50, most: 2048 * 1024 }

/**
 * Takes what was typed as the size of a disc in GiB, and the size in MiB that it has already, if any; returns why it cannot
 * be that, or null. A disc never shrinks: what lies beyond the new end would be lost.
 */
export function discSizeProblem(text: string, nowMib = 0): string | null {
  const mib = mibIn(text)
  if (text.trim() === '') return 'Say how large the disc is.'
  if (Number.isNaN(mib)) return 'A number of GiB, such as 25 or 0.5.'
  if (mib < nowMib) return `It has ${formatMib(nowMib)} now, and a disc can only grow.`
  if (mib < DISC_MIB.least) return 'At least 50 MiB, which is 0.05 GiB.'
  return mib > DISC_MIB.most ? 'At most 2048 GiB.' : null
}

/**
 * Takes a disc's label and returns why it cannot be one, or null. BigV refuses labels that look like a Unix device
 * (vda, sda, hda; official documentation, "Discs").
 */
export function discLabelProblem(label: string): string | null {
  if (label.trim() === '') return 'Give the disc a label.'
  if (/^[vsh]d[a-z]+$/i.test(label)) return 'A label cannot look like a device (vda, sda, hda).'
  return null
}

/** Takes the labels in use and returns the next free "disc-N", numbered as BigV's command-line client does. */
export function nextDiscLabel(labels: readonly string[]): string {
  const numbers = labels.map((label) => Number(/^disc-(\d+)$/.exec(label)?.[1] ?? 0))
  return `disc-${Math.max(labels.length, ...numbers, 0) + 1}`
}

/** Whether a distribution is a Windows, by BigV's names: winweb2k8r2, winstd2012 (API reference, "Definitions"). */
export function isWindows(distribution: string): boolean {
  return distribution.startsWith('win')
}
