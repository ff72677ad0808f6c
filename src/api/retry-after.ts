/** Nobody is left without readings for longer, whatever is asked. */
const LONGEST_MS = 5 * 60_000

/**
 * Takes the headers of an answer and the time of now, in ms, and returns for how many ms its Retry-After asks to be left alone: as
 * many seconds, or until a date. 0 where it asks nothing; at most 5 minutes.
 */
export function retryAfter(headers: Headers, now: number): number {
  const asked = headers.get('Retry-After') ?? ''
  const ms = Number(asked) * 1000 || Date.parse(asked) - now
  return ms > 0 ? Math.min(ms, LONGEST_MS) : 0
}
