/** Nobody is left without readings for longer, whatever is asked. */
const LONGEST_MS = 5 * 60_000

/**
 * Takes the headers of an answer and the time of now, in ms, and returns for how many ms its Retry-After asks to be left alone: as
 * many seconds, or until a date, by the clock of whoever answered where that is known. 0 where it asks nothing; at most 5 minutes.
 */
export function retryAfter(headers: Headers, now: number): number {
  const asked = headers.get('Retry-After') ?? ''
  const until = Date.parse(asked) - (Date.parse(headers.get('Date') ?? '') || now)
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : until
  return ms > 0 ? Math.min(ms, LONGEST_MS) : 0
}
