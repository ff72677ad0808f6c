interface Row {
  id: number
}

/**
 * Takes the rows that were known and those just read, all of JSON, and returns what was just read, with each row that says what
 * it said before as the object that it was before, found by its id; all of it as the array that it was where nothing differs.
 * What is shown then knows by identity what has changed.
 */
export function reuseRows<T extends Row>(
  before: readonly T[] | undefined,
  fresh: readonly T[],
): readonly T[] {
  if (before === undefined || before === fresh) return fresh
  let byId: Map<number, T> | null = null
  let same = before.length === fresh.length
  const rows = fresh.map((row, index) => {
    // Rows mostly stay where they were.
    let old = before[index]
    if (old?.id !== row.id) {
      byId ??= new Map(before.map((each) => [each.id, each]))
      old = byId.get(row.id)
    }
    const kept = old !== undefined && saysTheSame(old, row) ? old : row
    if (kept !== before[index]) same = false
    return kept
  })
  return same ? before : rows
}

/** Whether two values of JSON say the same, in whatever order. */
function saysTheSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const one = a as Record<string, unknown>
  const other = b as Record<string, unknown>
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && saysTheSame(one[key], other[key]))
  )
}
