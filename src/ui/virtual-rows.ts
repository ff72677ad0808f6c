/** So many rows are scrolled by before others are drawn: each drawing costs more than a few rows too many. */
const ROWS_A_STEP = 4
/** So many rows beyond the window are there already, on either side. */
const BEYOND = 6

interface Observation {
  count: number
  /** Of a row, px. */
  height: number
  /** As `stepOf` gives it. */
  step: number
  /** px */
  windowHeight: number
  /** Whether only those that can be seen are wanted: for the first drawing of all. */
  justSeen?: boolean
}

/** Takes how far the window is scrolled below the first row's top, and a row's height, px; returns by how many steps that is. */
export function stepOf(scrolled: number, height: number): number {
  return Math.floor(Math.max(0, scrolled) / (height * ROWS_A_STEP))
}

/** Returns the first row that is to be on the page, and the one after the last. A list that became shorter shows its end. */
export function rowsInSight(observation: Observation): { first: number; end: number } {
  const { count, height, step, windowHeight, justSeen = false } = observation
  if (justSeen && step === 0) return { first: 0, end: Math.min(count, Math.ceil(windowHeight / height)) }
  const seen = Math.ceil(windowHeight / height) + ROWS_A_STEP + 1
  const at = Math.max(0, Math.min(step * ROWS_A_STEP, count - seen))
  return { first: Math.max(0, at - BEYOND), end: Math.min(count, at + seen + BEYOND) }
}
