const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The ranges to choose from. */
const RANGES = [
  { value: '15min', label: '15 min', ms: 15 * MINUTE },
  { value: '1h', label: '1 h', ms: HOUR },
  { value: '6h', label: '6 h', ms: 6 * HOUR },
  { value: '24h', label: '24 h', ms: DAY },
  { value: '7d', label: '7 days', ms: 7 * DAY },
  { value: '30d', label: '30 days', ms: 30 * DAY },
] as const

export type Range = (typeof RANGES)[number]

/** The ranges that show more than the next shorter one, for what was seen since this time. */
export function rangesSince(first: number, now: number): readonly Range[] {
  const longest = RANGES.findIndex(({ ms }) => ms >= now - first)
  return longest === -1 ? RANGES : RANGES.slice(0, longest + 1)
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE)
const MOST_TICKS = 6

interface Tick {
  at: number
  label: string
}

/** Times to name on an axis, at round local times. The day is named where it changes. */
export function ticksOf(from: number, to: number): Tick[] {
  const step = STEPS.find((each) => (to - from) / each <= MOST_TICKS)
  const times = step === undefined ? midnights(from, to) : roundTimes(from, to, step)
  return times.map((at, i) => {
    const day = dayOf(at)
    const isNew = day !== dayOf(times[i - 1] ?? to)
    const clock = new Date(at).toTimeString().slice(0, 5)
    return { at, label: !isNew ? clock : clock === '00:00' ? day : `${day}, ${clock}` }
  })
}

function roundTimes(from: number, to: number, step: number): number[] {
  // From each midnight, as a day with a change of the clocks has 23 or 25 hours.
  const days = [new Date(from).setHours(0, 0, 0, 0), ...midnights(from, to)]
  return days.flatMap((midnight, i) => {
    const end = days[i + 1] ?? to + 1
    return Array.from({ length: Math.ceil((end - midnight) / step) }, (_, k) => midnight + k * step).filter(
      (at) => at >= from && at < end,
    )
  })
}

function midnights(from: number, to: number): number[] {
  const all: number[] = []
  const day = new Date(from)
  day.setHours(0, 0, 0, 0)
  for (day.setDate(day.getDate() + 1); day.getTime() <= to; day.setDate(day.getDate() + 1)) {
    all.push(day.getTime())
  }
  const every = Math.ceil(all.length / MOST_TICKS)
  return all.length > MOST_TICKS ? all.filter((_, i) => i % every === 0) : all
}

/** "Fri 27 Nov". */
function dayOf(at: number): string {
  const [weekday, month, date] = new Date(at).toDateString().split(' ')
  return `${weekday} ${Number(date)} ${month}`
}
