import { keepSessionAlive } from '../api/sessions.ts'
import { createStore } from '../lib/store.ts'
import { batches } from '../operations/batch/batch.ts'
import { createBatches } from '../operations/batch/create-batches.ts'
import { isOverdue } from '../operations/operation.ts'
import { plans } from '../operations/plan-store.ts'
import { operations } from '../operations/store.ts'
import { isToken } from '../session/credentials.ts'
import { idleLeft, idleMinutes, noteActive } from '../session/idle-limit.ts'
import { currentSession, lastGoodAnswer, lockSession } from '../session/session.ts'

/** How often the session is checked. Browsers stretch this to a minute in hidden tabs, and to the whole of a computer's sleep. */
const CHECK_EVERY_MS = 15_000
/** A token is good for five minutes from its last use (docs/bigv-api.md#2-authentication); half leaves room for a hidden tab's minute. */
const RENEW_AFTER_MS = 150_000
/** WCAG 2.2.1 wants a warning of at least 20 s. */
const WARN_BEFORE_MS = 60_000

const ACTIVITY_EVENTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
const NOTE_EVERY_MS = 1_000

const endingSoon = createStore(false)
let renewing = false

export const isEndingSoon = endingSoon.get

/** Calls the listener when that changes. */
export const subscribeEndingSoon = endingSoon.subscribe

/** Keeps a session token alive, and ends the session of an absent user. By the clock, as timers stop while a computer sleeps. Call once. */
export function startSessionExpiry(): void {
  noteActive(Date.now())
  setInterval(checkSession, CHECK_EVERY_MS)
  // On waking, what is due comes before the user has touched anything.
  const wake = () => checkSession()
  document.addEventListener('visibilitychange', wake)
  for (const event of ['pageshow', 'online', 'resume']) addEventListener(event, wake)
  let notedAt = 0
  const onActivity = (event: Event) => {
    const now = Date.now()
    if (!isUserInput(event) || (now - notedAt < NOTE_EVERY_MS && !endingSoon.get())) return
    notedAt = now
    // Before it is noted: the first touch after an hour may be somebody else's.
    checkSession()
    if (currentSession().locked) return
    noteActive(now)
    endingSoon.set(false)
  }
  for (const event of ACTIVITY_EVENTS) addEventListener(event, onActivity, { capture: true, passive: true })
}

// A page that moves under a pointer at rest also sends pointermove.
function isUserInput(event: Event): boolean {
  const { isTrusted, type } = event
  if (!isTrusted || type !== 'pointermove') return isTrusted
  const { movementX, movementY } = event as PointerEvent
  return movementX !== 0 || movementY !== 0
}

/** Renews the token, warns, or ends the session: whichever is due now. */
export function checkSession(): void {
  const now = Date.now()
  const { credentials, locked, expired } = currentSession()
  const left = idleLeft(now)
  // The clock was put back, or nothing is known: the user counts as here from now on.
  if (left === Number.POSITIVE_INFINITY && idleMinutes() > 0) noteActive(now)
  const unattended = left <= WARN_BEFORE_MS && credentials !== null && !locked && !isBusy(now)
  const over = unattended && left <= 0
  endingSoon.set(unattended && !over)
  if (over) return lockSession()
  if (credentials === null || locked) return
  if (isToken(credentials) && !expired && Math.abs(now - lastGoodAnswer()) >= RENEW_AFTER_MS)
    void renew(credentials.account)
}

async function renew(account: string): Promise<void> {
  if (renewing) return
  renewing = true
  try {
    await keepSessionAlive(account)
  } catch {
    // A 401 has been noted, and asks the user to sign in again; any other failure is tried again at the next check.
  } finally {
    renewing = false
  }
}

/** Whether this tab has work under way. What waits for the user does not count, nor what is overdue: it may stay so for ever. */
function isBusy(now: number): boolean {
  return (
    operations().some(
      (operation) =>
        !operation.otherTab &&
        ['checking', 'sending', 'waiting'].includes(operation.phase) &&
        !isOverdue(operation, now),
    ) ||
    batches.get().some(({ state }) => state === 'running') ||
    plans().some(({ phase }) => phase === 'running') ||
    createBatches.get().some(({ state }) => state !== 'ended')
  )
}
