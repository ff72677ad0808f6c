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

/** Browsers stretch this interval to a minute in hidden tabs, and run no timers while the computer sleeps. */
const CHECK_EVERY_MS = 15_000
/** Half of a token's five minutes (docs/bigv-api.md#2-authentication), because timers are slow in hidden tabs. */
const RENEW_AFTER_MS = 150_000
/** WCAG 2.2.1 requires at least 20 s. */
const WARN_BEFORE_MS = 60_000

const ACTIVITY_EVENTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
const NOTE_EVERY_MS = 1_000

const endingSoon = createStore(false)
let renewing = false

export const isEndingSoon = endingSoon.get

/** Calls the listener when `isEndingSoon` changes. */
export const subscribeEndingSoon = endingSoon.subscribe

/** Keeps a session token alive, and ends the session of an idle user. Compares clock times, as timers stop during sleep. Call once. */
export function startSessionExpiry(): void {
  noteActive(Date.now())
  setInterval(checkSession, CHECK_EVERY_MS)
  // When the computer wakes, check before the user's first input.
  const wake = () => checkSession()
  document.addEventListener('visibilitychange', wake)
  for (const event of ['pageshow', 'online', 'resume']) addEventListener(event, wake)
  let notedAt = 0
  const onActivity = (event: Event) => {
    const now = Date.now()
    if (!isUserInput(event) || (now - notedAt < NOTE_EVERY_MS && !endingSoon.get())) return
    notedAt = now
    // Check before counting the input: after an hour, the input may be another person's.
    checkSession()
    if (currentSession().locked) return
    noteActive(now)
    endingSoon.set(false)
  }
  for (const event of ACTIVITY_EVENTS) addEventListener(event, onActivity, { capture: true, passive: true })
}

// Browsers also send pointermove if the page moves under a resting pointer, so require movement.
function isUserInput(event: Event): boolean {
  const { isTrusted, type } = event
  if (!isTrusted || type !== 'pointermove') return isTrusted
  const { movementX, movementY } = event as PointerEvent
  return movementX !== 0 || movementY !== 0
}

/** Renews the token, warns, or ends the session, whichever is due. */
export function checkSession(): void {
  const now = Date.now()
  const { credentials, locked, expired } = currentSession()
  const left = idleLeft(now)
  // The clock was set back, or no activity is known: count the user as active from now.
  if (left === Number.POSITIVE_INFINITY && idleMinutes() > 0) noteActive(now)
  const unattended = left <= WARN_BEFORE_MS && credentials !== null && !locked && !isBusy(now)
  const ended = unattended && left <= 0
  endingSoon.set(unattended && !ended)
  if (ended) return lockSession()
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
    // A 401 has expired the session, which asks the user to sign in again. After other failures, the next check tries again.
  } finally {
    renewing = false
  }
}

/** True while this tab has work running. Overdue work, and work that waits for the user, does not count: it may never end. */
function isBusy(now: number): boolean {
  return (
    operations().some(
      (operation) =>
        !operation.otherTab &&
        ['queued', 'checking', 'sending', 'waiting'].includes(operation.phase) &&
        !isOverdue(operation, now),
    ) ||
    batches.get().some(({ state }) => state === 'running') ||
    plans().some(({ phase }) => phase === 'running') ||
    createBatches.get().some(({ state }) => state !== 'ended')
  )
}
