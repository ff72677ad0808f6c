import { keepSessionAlive } from '../../api/sessions.ts'
import { createStore } from '../../lib/store.ts'
import { isToken } from '../../session/credentials.ts'
import { idleLeft, idleMinutes, noteActive } from '../../session/idle-limit.ts'
import { currentSession, lastGoodAnswer, lockSession } from '../../session/session.ts'
import { isBusy } from './busy.ts'

/** How often it is looked after. Browsers stretch this to a minute in hidden tabs, and to the whole of a computer's sleep. */
const LOOK_EVERY_MS = 15_000
/** A session token is good for five minutes from its last use (API reference, "Auth service"); half of it is for hidden tabs. */
const KEEP_AFTER_MS = 150_000
/** So long before it ends an unattended session is warned of: at least 20 s are wanted (WCAG 2.2.1). */
const WARN_BEFORE_MS = 60_000

const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
const HEED_EVERY_MS = 1_000

const ending = createStore(false)
let keeping = false

/** Whether the session ends within a minute, if nobody shows up. */
export const isEndingSoon = ending.get

/** Calls the listener when that changes; returns the function that ends it. */
export const subscribeEndingSoon = ending.subscribe

/**
 * Looks after the session for as long as the page is open, shown or hidden: keeps a session token alive by small readings, and
 * ends the session of a user who is not here. All is reckoned from the clock, as timers do not run while a computer sleeps. Call
 * once.
 */
export function startSessionCare(): void {
  noteActive(Date.now())
  setInterval(careForSession, LOOK_EVERY_MS)
  // On waking, what is due comes before anybody has touched anything.
  const wake = () => careForSession()
  document.addEventListener('visibilitychange', wake)
  for (const event of ['pageshow', 'online', 'resume']) addEventListener(event, wake)
  let heardAt = 0
  const here = (event: Event) => {
    const now = Date.now()
    if (!isByHand(event) || (now - heardAt < HEED_EVERY_MS && !ending.get())) return
    heardAt = now
    // Before it is noted: who touches it first after an hour may be somebody else.
    careForSession()
    if (currentSession().locked) return
    noteActive(now)
    ending.set(false)
  }
  for (const event of SIGNS_OF_LIFE) addEventListener(event, here, { capture: true, passive: true })
}

// A page that moves under a pointer at rest is nobody's doing.
function isByHand(event: Event): boolean {
  const { isTrusted, type } = event
  if (!isTrusted || type !== 'pointermove') return isTrusted
  const { movementX, movementY } = event as PointerEvent
  return movementX !== 0 || movementY !== 0
}

/** Does what is due for the session now. */
export function careForSession(): void {
  const now = Date.now()
  const { credentials, locked, expired } = currentSession()
  const left = idleLeft(now)
  // Where the clock was put back, or nothing is known: somebody is here, from now on.
  if (left === Number.POSITIVE_INFINITY && idleMinutes() > 0) noteActive(now)
  const unattended = left <= WARN_BEFORE_MS && credentials !== null && !locked && !isBusy(now)
  const over = unattended && left <= 0
  ending.set(unattended && !over)
  if (over) return lockSession()
  if (credentials === null || locked) return
  if (isToken(credentials) && !expired && Math.abs(now - lastGoodAnswer()) >= KEEP_AFTER_MS)
    void keepAlive(credentials.account)
}

async function keepAlive(account: string): Promise<void> {
  if (keeping) return
  keeping = true
  try {
    await keepSessionAlive(account)
  } catch {
    // A 401 has been noted, and asks to sign in again; what else failed is tried again at the next look.
  } finally {
    keeping = false
  }
}
