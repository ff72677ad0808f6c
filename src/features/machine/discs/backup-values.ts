import { numberIn } from '../../../lib/units.ts'

/** A schedule as it stands in the form: the interval in seconds, one of the list or typed in hours. */
export interface ScheduleValues {
  interval: string
  hours: string
  start: string
  capacity: string
}

/** How often backups are usually taken, in seconds. */
export const INTERVALS = [
  { value: '3600', label: 'Every hour' },
  { value: '86400', label: 'Every day' },
  { value: '604800', label: 'Every week' },
  { value: 'other', label: 'Another interval' },
] as const

/** What the official client makes with a new machine: once a week, one kept (API reference, "Traffic of the official client"). */
export const SUGGESTED: ScheduleValues = { interval: '604800', hours: '12', start: '00:00', capacity: '1' }

/** Takes what stands in the form and returns what to write of it. */
export function scheduleOf({ interval, hours, start, capacity }: ScheduleValues) {
  return {
    start_at: start.trim(),
    interval_seconds: interval === 'other' ? Math.round(numberIn(hours) * 3600) : Number(interval),
    capacity: numberIn(capacity),
  }
}

/** Takes the same and returns what is wrong with each field, or null. */
export function scheduleProblems(values: ScheduleValues) {
  const { interval_seconds, capacity, start_at } = scheduleOf(values)
  return {
    hours: interval_seconds >= 1 ? null : 'A number of hours, more than 0.',
    start: isStart(start_at)
      ? null
      : 'A time such as 00:00, or a date and a time such as 2026-01-31 02:30:00 UTC.',
    capacity: Number.isInteger(capacity) && capacity >= 1 ? null : 'A whole number, at least 1.',
  }
}

function isStart(text: string): boolean {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return true
  return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text))
}
