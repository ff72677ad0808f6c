/** A time (ms since 1970) as "14:03:22", in the browser's time zone. */
export function formatClock(at: number): string {
  // Not by an Intl.DateTimeFormat: creating one would delay the start by 5 to 10 ms.
  return new Date(at).toTimeString().slice(0, 8)
}

/** A duration in ms as "0:55", or with hours as "1:02:03". A negative duration is 0:00. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const s = String(seconds % 60).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${s}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${s}`
}

/** A duration in ms for a sentence: "20 s", "2 min", "2 min 5 s". */
export function formatSpan(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const rest = seconds % 60
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`
}
