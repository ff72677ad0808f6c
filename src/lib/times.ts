/** A time (ms since 1970) as "14:03:22", in the browser's time zone. */
export function formatClock(at: number): string {
  // Not by an Intl.DateTimeFormat: creating one would delay the start by 5 to 10 ms.
  return new Date(at).toTimeString().slice(0, 8)
}

/** A time (ms since 1970) as "14:03:22", on another day as "yesterday 15:50" or "Fri 27 Nov, 15:50", with the year if that differs. */
export function formatWhen(at: number, now = Date.now()): string {
  const day = dayOf(at, now)
  if (day === '') return formatClock(at)
  return `${day}${day === 'yesterday' ? '' : ','} ${formatClock(at).slice(0, 5)}`
}

/** A time for use in a sentence: "at 14:03:22", "yesterday at 15:50", "on Fri 27 Nov at 15:50". */
export function atWhen(at: number, now = Date.now()): string {
  const day = dayOf(at, now)
  if (day === '') return `at ${formatClock(at)}`
  return `${day === 'yesterday' ? '' : 'on '}${day} at ${formatClock(at).slice(0, 5)}`
}

/** The day of a time, unless it is today: "yesterday", "Fri 27 Nov", "Fri 27 Nov 2025". */
function dayOf(at: number, now: number): string {
  const then = new Date(at).toDateString()
  const today = new Date(now)
  if (then === today.toDateString()) return ''
  if (then === new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1).toDateString())
    return 'yesterday'
  // Always English, in the form "Fri Nov 27 2026".
  const [weekday, month, date, year] = then.split(' ')
  return `${weekday} ${Number(date)} ${month}${Number(year) === today.getFullYear() ? '' : ` ${year}`}`
}

/** A duration in ms as "0:55", or with hours as "1:02:03". A negative duration is 0:00. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const s = String(seconds % 60).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${s}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${s}`
}

/** How long something took: "0.04 s", "3.2 s", "36 s", from a minute on "1:22". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds >= 59.5) return formatElapsed(Math.round(seconds) * 1000)
  return `${seconds < 0.995 ? seconds.toFixed(2) : seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`
}

/** A duration in ms for a sentence: "20 s", "2 min", "2 min 5 s". */
export function formatSpan(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const rest = seconds % 60
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`
}
