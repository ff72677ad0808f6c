import { gibToMib } from './units.ts'

/** Takes what was typed and returns the number, or NaN. No commas: "1,024" is one number here and another elsewhere. */
export function numberIn(text: string): number {
  const trimmed = text.trim()
  return /^(\d+\.?\d*|\.\d+)$/.test(trimmed) ? Number(trimmed) : Number.NaN
}

/** Takes GiB as typed and returns whole MiB, as BigV wants them, or NaN. */
export function mibIn(text: string): number {
  return gibToMib(numberIn(text))
}
