/** The value of a table's cell; null for an empty cell. */
export type Cell = string | number | boolean | null

/** CSV (RFC 4180). An apostrophe is put before text that a spreadsheet would run as a formula; numbers stay numbers. */
export function csvText(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

// Spreadsheets run text that starts with these as a formula, even after spaces and in full-width forms (OWASP, "CSV Injection").
const FORMULA = /^\s*[=+\-@＝＋－＠\t\r\n]|^[\t\r\n]/

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Saves a text as a file; `type` is a media type such as "application/json". */
export function downloadText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Later, because some browsers only start reading it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
