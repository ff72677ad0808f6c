import { mibIn } from './numbers.ts'
import { formatMib } from './units.ts'

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
