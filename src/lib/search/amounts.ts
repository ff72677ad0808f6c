const UNITS = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 } as const
const AMOUNT = /^(\d{1,9}(?:\.\d{1,4})?)\s*([mgt])(?:i?b)?$/i

/** Parses a size ("2GiB", "1.5 g", "512mb") into "2GiB" and the number of MiB. Null if the text isn't a size. */
export function parseAmount(text: string): { printed: string; mib: number } | null {
  const [, digits, letter] = AMOUNT.exec(text.trim()) ?? []
  if (digits === undefined || letter === undefined) return null
  const unit = `${letter.toUpperCase()}iB` as keyof typeof UNITS
  const amount = Number(digits)
  return { printed: `${amount}${unit}`, mib: amount * UNITS[unit] }
}

/** A size in MiB, written as in a search: "2GiB", "512MiB". */
export function printAmount(mib: number): string {
  return mib >= 1024 && mib % 256 === 0 ? `${mib / 1024}GiB` : `${mib}MiB`
}
