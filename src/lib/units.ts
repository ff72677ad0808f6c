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

/** "1 machine", "5 machines". */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function trimmed(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, '')
}
