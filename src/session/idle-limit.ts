import { storedValue } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'

const MINUTE_MS = 60_000
const DEFAULT_MINUTES = 60
/** Activity is written at most this often. */
const WRITE_EVERY_MS = 10_000

const limit = storedValue({
  key: 'bigv.idle-limit',
  where: 'browser',
  schema: z.number().check(z.gte(0)),
})
/** The last activity in any tab. Always read from storage: a tab that wakes up may get the storage event too late. */
const lastActive = storedValue({ key: 'bigv.active-at', where: 'browser', schema: z.number() })
let activeAt = 0

/** The number of idle minutes after which a session ends; 0 for never. */
export function idleMinutes(): number {
  return limit.read() ?? DEFAULT_MINUTES
}

export function setIdleMinutes(minutes: number): void {
  limit.write(minutes)
}

/** Records activity in this tab, for all tabs. */
export function noteActive(now: number): void {
  // Uses the absolute difference, because the clock may have been set back.
  if (Math.abs(now - activeAt) < WRITE_EVERY_MS) return
  activeAt = now
  lastActive.write(now)
}

/** How long until the session ends because the user is idle, in ms. Negative if it should have ended already. */
export function idleLeft(now: number): number {
  const minutes = idleMinutes()
  const lastAt = Math.max(activeAt, lastActive.read() ?? 0)
  // Never ends if there is no limit, no known activity, or the clock was set back.
  if (minutes === 0 || lastAt === 0 || lastAt > now) return Number.POSITIVE_INFINITY
  return minutes * MINUTE_MS - (now - lastAt)
}
