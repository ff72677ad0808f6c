import { storedValue } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'

const MINUTE_MS = 60_000
const DEFAULT_MINUTES = 60
/** How often activity is written at most. */
const WRITE_EVERY_MS = 10_000

const limit = storedValue({
  key: 'bigv.idle-limit',
  where: 'browser',
  schema: z.number().check(z.gte(0)),
})
/** The last activity in any tab. Read each time: the storage event may reach a tab that wakes too late. */
const lastActive = storedValue({ key: 'bigv.active-at', where: 'browser', schema: z.number() })
let activeAt = 0

/** After how many idle minutes a session ends; 0 for never. */
export function idleMinutes(): number {
  return limit.read() ?? DEFAULT_MINUTES
}

export function setIdleMinutes(minutes: number): void {
  limit.write(minutes)
}

/** Notes activity in this tab, for all tabs. */
export function noteActive(now: number): void {
  // Either way: the clock may have been put back.
  if (Math.abs(now - activeAt) < WRITE_EVERY_MS) return
  activeAt = now
  lastActive.write(now)
}

/** How many ms are left until the idle session ends; below 0 it should have ended. */
export function idleLeft(now: number): number {
  const minutes = idleMinutes()
  const lastAt = Math.max(activeAt, lastActive.read() ?? 0)
  // Nothing is known of it, or the clock was put back.
  if (minutes === 0 || lastAt === 0 || lastAt > now) return Number.POSITIVE_INFINITY
  return minutes * MINUTE_MS - (now - lastAt)
}
