const UNITS = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** Takes a number of seconds and returns how often that is: "every week", "every 2 days", "every 90 seconds". */
export function everyText(seconds: number): string {
  const [unit, length] = UNITS.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['second', 1]
  const count = seconds / length
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`
}
