const MIB_PER_GIB = 1024

/** A size in MiB, the API's unit for memory and discs, as it is shown: "8 GiB", "1.5 GiB", "512 MiB". */
export function formatMib(mib: number): string {
  if (mib < MIB_PER_GIB && mib > -MIB_PER_GIB) return `${mib} MiB`
  const gib = mib / MIB_PER_GIB
  return Number.isInteger(gib) ? `${gib} GiB` : `${trimmed(gib)} GiB`
}

/** The same without rounding, to tell two sizes apart: "2 GiB", "2049 MiB". */
export function exactMib(mib: number): string {
  return mib % 256 === 0 ? formatMib(mib) : `${mib} MiB`
}

/** Whole MiB, for GiB that may be broken. */
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

/** The number that was typed, or NaN. No commas: "1,024" is one number here and another elsewhere. */
export function numberIn(text: string): number {
  const trimmed = text.trim()
  return /^(\d+\.?\d*|\.\d+)$/.test(trimmed) ? Number(trimmed) : Number.NaN
}

/** Why a number cannot say how many, or null. */
export function countProblem(count: number): string | null {
  return Number.isInteger(count) && count >= 1 ? null : 'Enter a whole number, at least 1.'
}

/** Typed GiB as whole MiB, which BigV wants; or NaN. */
export function mibIn(text: string): number {
  return gibToMib(numberIn(text))
}
