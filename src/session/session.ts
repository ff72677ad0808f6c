import { currentUser, removeStored, storedValue } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { createEmitter, createStore } from '../lib/store.ts'
import { credentialsSchema, withoutSecrets, type Credentials } from './credentials.ts'
import { idleLeft, noteActive } from './idle-limit.ts'

/** Who is signed in. `expired`: BigV rejects the credentials, and the user should sign in again. */
export interface Session {
  credentials: Credentials | null
  remembered: boolean
  expired: boolean
  /** Ended because the user was away: expired, without its secrets, and hidden until they are back. */
  locked: boolean
  /** Signed out by the user, here or in another tab: the open page is not the next user's `next`. */
  signedOut: boolean
  /** Time in ms when these credentials were first taken. */
  since: number
}

/** How a wait for signing in again ended. */
export type SignedInAgain = 'same user' | 'other user' | 'cancelled'

/** The credentials, where the user wants this tab to remember them, and since when. */
const rememberedSession = storedValue({
  key: 'bigv.session',
  where: 'tab',
  schema: z.intersection(credentialsSchema, z.object({ since: z.optional(z.number()) })),
})
/** When the user signed out last, in any tab: a tab that slept through it must not come back with what it remembers. */
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

/** The session, or what a selector makes of it. */
export const useSession = store.use

/** Aborted when another user, or nobody, is signed in: the user's fetches are dropped. */
export const currentUserSignal = (): AbortSignal => userSignal.signal

/** Takes credentials that BigV accepted at `since`, ms. `remember` keeps them in this tab until it is closed. */
export function signIn(credentials: Credentials, remember: boolean, since = Date.now()): void {
  const before = store.get().credentials
  const other = before !== null && before.username !== credentials.username
  lastGoodAt = since
  noteActive(Date.now())
  change({ ...SIGNED_OUT, credentials, remembered: remember, since }, other)
  rememberedSession.write(remember ? { ...credentials, since } : undefined)
  signInSettled.emit(other ? 'other user' : 'same user')
}

/** Forgets the credentials, and all that was kept of what the user saw and did, in memory and in storage. */
export function signOut(): void {
  // What was gathered for all tabs, which end with this one.
  removeStored('browser', 'bigv.gathered.')
  change({ ...SIGNED_OUT, signedOut: true }, true)
  signInSettled.emit('cancelled')
}

/** For tabs that do not hear of it over the channel. */
export function noteSignedOut(): void {
  signedOutAt.write(Date.now())
}

/** Calls the action when another tab says so. */
export const onSignedOutElsewhere = signedOutAt.onOtherTab

/** Restores the session this tab remembered, unless the user signed out or was away for too long since. Returns whether there is one. */
export function restoreSession(): boolean {
  const remembered = rememberedSession.read()
  if (remembered === undefined) return false
  const now = Date.now()
  const { since = now, ...credentials } = remembered
  const ended = signedOutAt.read()
  // A time in the future is of a clock that was put right: such a session may have ended, and such a sign-out ended none of now.
  const over = since > now || (ended !== undefined && ended > since && ended <= now)
  if (over || idleLeft(now) < 0) {
    rememberedSession.write(undefined)
    return false
  }
  lastGoodAt = since
  setSession({ ...SIGNED_OUT, credentials, remembered: true, since })
  return true
}

/** Notes that BigV answered 401 to these credentials. New ones are not affected. */
export function refuseCredentials(used: Credentials): void {
  const session = store.get()
  if (session.credentials === used && !session.expired) store.set({ ...session, expired: true })
}

/** Notes that BigV accepted these credentials for a request begun at this time, ms. */
export function noteGoodAnswer(used: Credentials | null, at: number): void {
  if (used === null || store.get().credentials !== used) return
  // Of two answers the later counts; but no answer came in the future: the clock was put back.
  lastGoodAt = lastGoodAt > Date.now() ? at : Math.max(lastGoodAt, at)
}

/** When BigV last accepted the current credentials, ms. */
export const lastGoodAnswer = (): number => lastGoodAt

/** Ends the session of an absent user in place: its secrets are forgotten, what was typed stays. */
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

/** Ends every wait for signing in again. The session stays expired. */
export function cancelSignInAgain(): void {
  signInSettled.emit('cancelled')
}

/** Waits until the user has signed in again, as the same user or another, or does not want to. */
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
    // All that this tab keeps of them, be the code that kept it loaded or not.
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
