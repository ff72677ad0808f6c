const MIB_PER_GIB = 1024

/**
 * Formats MiB, the API's unit for memory and discs, in the largest unit that needs no rounding beyond quarters: "1.5 GiB", "2 TiB", but
 * "1025 MiB" and "1100 GiB".
 */
export function formatMib(mib: number): string {
  const units = [
    ['TiB', MIB_PER_GIB ** 2],
    ['GiB', MIB_PER_GIB],
  ] as const
  for (const [unit, size] of units)
    if (Math.abs(mib) >= size && (mib * 4) % size === 0) return `${mib / size} ${unit}`
  return `${mib} MiB`
}

/** Formats a sum of MiB, rounded to a tenth of the largest unit that it reaches: "1.1 TiB". Not for one machine's memory or disc. */
export function formatTotalMib(mib: number): string {
  if (Math.abs(mib) < MIB_PER_GIB) return `${mib} MiB`
  const gib = mib / MIB_PER_GIB
  return Math.abs(gib) >= 1024 ? `${rounded(gib / 1024)} TiB` : `${rounded(gib)} GiB`
}

// Nonsense from BigV must not widen a table: three digits are enough for a million TiB.
const rounded = (value: number) =>
  Math.abs(value) < 1e6 ? Math.round(value * 10) / 10 : Number(value.toPrecision(3))

/** Converts GiB, which may be fractional, to whole MiB. */
export function gibToMib(gib: number): number {
  return Math.round(gib * MIB_PER_GIB)
}

export function mibToGib(mib: number): number {
  return mib / MIB_PER_GIB
}

/** "1 machine", "5 machines". */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** The number in an input, or NaN. Commas aren't accepted, because "1,024" is a different number in different countries. */
export function numberIn(text: string): number {
  const trimmed = text.trim()
  return /^(\d+\.?\d*|\.\d+)$/.test(trimmed) ? Number(trimmed) : Number.NaN
}

/** The problem of a number of things, or null. */
export function countProblem(count: number): string | null {
  return Number.isInteger(count) && count >= 1 ? null : 'Enter a whole number, at least 1.'
}

/** Converts the GiB in an input to whole MiB, which BigV expects. NaN if the input isn't a number. */
export function mibIn(text: string): number {
  return gibToMib(numberIn(text))
}
