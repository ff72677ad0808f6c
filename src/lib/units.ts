const MIB_PER_GIB = 1024

/** Takes a size in MiB, the API's unit for memory and discs, and returns it in words: "8 GiB", "1.5 GiB", "512 MiB". */
export function formatMib(mib: number): string {
  if (mib < MIB_PER_GIB && mib > -MIB_PER_GIB) return `${mib} MiB`
  const gib = mib / MIB_PER_GIB
  return Number.isInteger(gib) ? `${gib} GiB` : `${trimmed(gib)} GiB`
}

/** Takes GiB, whole or not, and returns whole MiB. */
export function gibToMib(gib: number): number {
  return Math.round(gib * MIB_PER_GIB)
}

/** Takes MiB and returns GiB, not rounded. */
export function mibToGib(mib: number): number {
  return mib / MIB_PER_GIB
}

function trimmed(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, '')
}

/** Takes what was typed and returns the number, or NaN. No commas: "1,024" is one number here and another elsewhere. */
export function numberIn(text: string): number {
  const trimmed = text.trim()
  return /^(\d+\.?\d*|\.\d+)$/.test(trimmed) ? Number(trimmed) : Number.NaN
}

/** Takes GiB as typed and returns whole MiB, as BigV wants them, or NaN. */
export function mibIn(text: string): number {
  return gibToMib(numberIn(text))
}
