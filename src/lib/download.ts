/** What a cell of a table may hold; null is an empty cell. */
export type Cell = string | number | boolean | null

/** CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. */
export function csvText(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

// Spreadsheets run what begins with these, also behind spaces (OWASP, "CSV Injection"); full-width forms count, too.
const FORMULA = /^\s*[=+\-@＝＋－＠\t\r\n]|^[\t\r\n]/

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Saves a file, of a type such as "application/json". */
export function downloadText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Not at once: some browsers begin to read it only afterwards.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
