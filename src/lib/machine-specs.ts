import { mibIn, numberIn } from './numbers.ts'

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
