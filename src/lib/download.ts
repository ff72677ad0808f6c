/** The value of a table's cell; null for an empty cell. */
export type Cell = string | number | boolean | null

/** CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers. */
export function csvText(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

// Spreadsheets run text that starts with one of these as a formula, even after spaces and in full-width forms (OWASP, "CSV Injection").
const FORMULA = /^\s*[=+\-@＝＋－＠\t\r\n]|^[\t\r\n]/

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Saves text as a file; `type` is a media type such as "application/json". */
export function downloadText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Some browsers only start reading the URL after the click, so revoke it later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
