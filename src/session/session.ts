import { currentUser, removeStored, storedValue } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { createEmitter, createStore } from '../lib/store.ts'
import { credentialsSchema, withoutSecrets, type Credentials } from './credentials.ts'
import { idleLeft, noteActive } from './idle-limit.ts'

/** The current sign-in. `expired`: BigV rejected the credentials, and the user should sign in again. */
export interface Session {
  credentials: Credentials | null
  remembered: boolean
  expired: boolean
  /**
   * True if the session ended because the user was idle. It is expired, has no secrets, and the page is hidden until the user signs in
   * again.
   */
  locked: boolean
  /** True if the user signed out, here or in another tab. The next user must not be sent to this user's page. */
  signedOut: boolean
  /** The time when BigV first accepted these credentials, ms since 1970. */
  since: number
}

/** How a wait for the user to sign in again ended. */
export type SignedInAgain = 'same user' | 'other user' | 'cancelled'

/** The credentials and their `since`. Stored only if the user wants to stay signed in on this tab. */
const rememberedSession = storedValue({
  key: 'bigv.session',
  where: 'tab',
  schema: z.intersection(credentialsSchema, z.object({ since: z.optional(z.number()) })),
})
/** When the user last signed out in any tab. A tab that was asleep at that time must not restore its remembered session. */
const signedOutAt = storedValue({ key: 'bigv.signed-out', where: 'browser', schema: z.number() })
const SIGNED_OUT: Session = {
  credentials: null,
  remembered: false,
  expired: false,
  locked: false,
  signedOut: false,
  since: 0,
}

const store = createStore<Session>(SIGNED_OUT)
const signInSettled = createEmitter<[SignedInAgain]>()
let userSignal = new AbortController()
let lastGoodAt = 0

export const currentSession = store.get

export const subscribeSession = store.subscribe

/** The session, or the part that a selector returns. */
export const useSession = store.use

/** This signal aborts when the user signs out or another user signs in, to cancel the user's fetches. */
export const currentUserSignal = (): AbortSignal => userSignal.signal

/** Starts a session with credentials that BigV accepted at `since`. `remember` stores them in this tab until it is closed. */
export function signIn(credentials: Credentials, remember: boolean, since = Date.now()): void {
  const before = store.get().credentials
  const other = before !== null && before.username !== credentials.username
  lastGoodAt = since
  noteActive(Date.now())
  change({ ...SIGNED_OUT, credentials, remembered: remember, since }, other)
  rememberedSession.write(remember ? { ...credentials, since } : undefined)
  signInSettled.emit(other ? 'other user' : 'same user')
}

/** Forgets the credentials and everything that the user saw and did, in memory and in storage. */
export function signOut(): void {
  // Removes the records of all tabs, because they sign out together.
  removeStored('browser', 'bigv.gathered.')
  change({ ...SIGNED_OUT, signedOut: true }, true)
  signInSettled.emit('cancelled')
}

/** Stores the time of the sign-out, for tabs that the channel doesn't reach. */
export function noteSignedOut(): void {
  signedOutAt.write(Date.now())
}

/** Calls the listener when another tab notes a sign-out. */
export const onSignedOutElsewhere = signedOutAt.onOtherTab

/** Restores this tab's remembered session, unless the user has signed out since or was idle for too long. Returns true if restored. */
export function restoreSession(): boolean {
  const remembered = rememberedSession.read()
  if (remembered === undefined) return false
  const now = Date.now()
  const { since = now, ...credentials } = remembered
  const ended = signedOutAt.read()
  // A time in the future means that the clock was ahead and has been corrected. A session with such a time counts as ended, because a
  // sign-out may have followed. A sign-out with such a time doesn't end a session that began after the correction.
  const over = since > now || (ended !== undefined && ended > since && ended <= now)
  if (over || idleLeft(now) < 0) {
    rememberedSession.write(undefined)
    return false
  }
  lastGoodAt = since
  setSession({ ...SIGNED_OUT, credentials, remembered: true, since })
  return true
}

/** Marks the session as expired after BigV answered 401 to these credentials. Does nothing if the session has newer credentials. */
export function refuseCredentials(used: Credentials): void {
  const session = store.get()
  if (session.credentials === used && !session.expired) store.set({ ...session, expired: true })
}

/** Notes that BigV accepted these credentials for a request begun at `at`. */
export function noteGoodAnswer(used: Credentials | null, at: number): void {
  if (used === null || store.get().credentials !== used) return
  // The later of two answers counts. A time in the future means that the clock was set back, so this answer replaces it.
  lastGoodAt = lastGoodAt > Date.now() ? at : Math.max(lastGoodAt, at)
}

/** The time when BigV last accepted the current credentials, ms since 1970. */
export const lastGoodAnswer = (): number => lastGoodAt

/** Ends an idle user's session, but stays on the page: secrets are forgotten, unsaved input stays. */
export function lockSession(): void {
  const session = store.get()
  if (session.credentials === null || session.locked) return
  rememberedSession.write(undefined)
  store.set({
    ...session,
    credentials: withoutSecrets(session.credentials),
    expired: true,
    locked: true,
  })
}

/** Ends every wait for the user to sign in again. The session stays expired. */
export function cancelSignInAgain(): void {
  signInSettled.emit('cancelled')
}

/** Resolves when the same or another user has signed in, or the user cancels the sign-in. */
export function signedInAgain(): Promise<SignedInAgain> {
  return new Promise((resolve) => {
    const end = signInSettled.on((how) => {
      end()
      resolve(how)
    })
  })
}

function change(session: Session, leaves: boolean): void {
  const before = userSignal
  if (leaves) {
    // The records are found by the prefix of their keys, because the code that stored them may not be loaded.
    removeStored('tab', 'bigv.')
    userSignal = new AbortController()
  }
  setSession(session)
  if (leaves) before.abort()
}

function setSession(session: Session): void {
  store.set(session)
  currentUser.set(session.credentials?.username)
}
