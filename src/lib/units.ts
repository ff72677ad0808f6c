const MIB_PER_GIB = 1024

/** Formats MiB, the API's unit for memory and discs: "8 GiB", "1.5 GiB", "512 MiB". */
export function formatMib(mib: number): string {
  if (mib < MIB_PER_GIB && mib > -MIB_PER_GIB) return `${mib} MiB`
  const gib = mib / MIB_PER_GIB
  return Number.isInteger(gib) ? `${gib} GiB` : `${trimmed(gib)} GiB`
}

/** MiB without rounding, to tell two sizes apart: "2 GiB", "2049 MiB". */
export function exactMib(mib: number): string {
  return mib % 256 === 0 ? formatMib(mib) : `${mib} MiB`
}

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

function trimmed(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, '')
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
