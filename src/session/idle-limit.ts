import { storedValue } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'

const MINUTE_MS = 60_000
const USUAL_MINUTES = 60
/** So often at most is it written that somebody is here. */
const WRITE_EVERY_MS = 10_000

const limit = storedValue({
  key: 'bigv.idle-limit',
  where: 'browser',
  schema: z.number().check(z.gte(0)),
})
/** When somebody was here last, in any tab. Read each time: the storage event may reach a tab that wakes too late. */
const lastActive = storedValue({ key: 'bigv.active-at', where: 'browser', schema: z.number() })
let activeAt = 0

/** After how many minutes without anybody a session ends; 0 for never. */
export function idleMinutes(): number {
  return limit.read() ?? USUAL_MINUTES
}

/** Sets that, for this browser. */
export function setIdleMinutes(minutes: number): void {
  limit.write(minutes)
}

/** Notes that somebody is here at this time, in ms: they touched something in this tab. The other tabs see it. */
export function noteActive(now: number): void {
  // Either way: the clock may have been put back.
  if (Math.abs(now - activeAt) < WRITE_EVERY_MS) return
  activeAt = now
  lastActive.write(now)
}

/** How many ms are left until the session ends because nobody is here; below 0 it should have ended. */
export function idleLeft(now: number): number {
  const minutes = idleMinutes()
  const lastAt = Math.max(activeAt, lastActive.read() ?? 0)
  // Nothing is known of it, or the clock was put back.
  if (minutes === 0 || lastAt === 0 || lastAt > now) return Number.POSITIVE_INFINITY
  return minutes * MINUTE_MS - (now - lastAt)
}
