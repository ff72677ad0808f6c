import { browserStorage } from '../lib/browser/storage.ts'

const LIMIT_KEY = 'bigv.idle-limit'
const ACTIVE_KEY = 'bigv.active-at'
const MINUTE_MS = 60_000
const USUAL_MINUTES = 60
/** So often at most is it written that somebody is here. */
const WRITE_EVERY_MS = 10_000

let activeAt = 0

/** After how many minutes without anybody a session ends; 0 for never. */
export function idleMinutes(): number {
  const value = browserStorage.read(LIMIT_KEY)
  return typeof value === 'number' && value >= 0 ? value : USUAL_MINUTES
}

/** Sets that, for this browser. */
export function setIdleMinutes(minutes: number): void {
  browserStorage.write(LIMIT_KEY, minutes)
}

/** Notes that somebody is here at this time, in ms: he touched something in this tab. The other tabs see it. */
export function noteActive(now: number): void {
  // Either way: the clock may have been put back.
  if (Math.abs(now - activeAt) < WRITE_EVERY_MS) return
  activeAt = now
  browserStorage.write(ACTIVE_KEY, now)
}

/** Takes the time and returns how many ms are left until the session ends for want of anybody; below 0 it is to be over. */
export function idleLeft(now: number): number {
  const minutes = idleMinutes()
  const kept = browserStorage.read(ACTIVE_KEY)
  const lastAt = Math.max(activeAt, typeof kept === 'number' ? kept : 0)
  // Nothing is known of it, or the clock was put back.
  if (minutes === 0 || lastAt === 0 || lastAt > now) return Number.POSITIVE_INFINITY
  return minutes * MINUTE_MS - (now - lastAt)
}
