import { currentUser, removeStored, storedValue } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { createEmitter, createStore } from '../lib/store.ts'
import { credentialsSchema, withoutSecrets, type Credentials } from './credentials.ts'
import { idleLeft, noteActive } from './idle-limit.ts'

/** Who is signed in. `expired` says that BigV no longer takes what we have and the user should sign in again. */
export interface Session {
  credentials: Credentials | null
  remembered: boolean
  expired: boolean
  /** Ended because nobody was here: expired, without its secrets, and not to be looked at until the user is back. */
  locked: boolean
  /** Signed out by the user, here or in another tab: the page that was open is nobody's `next`. */
  left: boolean
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
  left: false,
  since: 0,
}

const store = createStore<Session>(SIGNED_OUT)
/** A wait for signing in again has ended. */
const settled = createEmitter<[SignedInAgain]>()
let stay = new AbortController()
let goodAt = 0

/** The session as it is now. */
export const currentSession = store.get

/** Calls the listener after each change of the session; returns the function that ends it. */
export const subscribeSession = store.subscribe

/** The session, or a part of it, followed by the component that calls this. */
export const useSession = store.use

/** Is aborted when the user of now is no longer the one who is signed in: what is being fetched for them is dropped. */
export const userStays = (): AbortSignal => stay.signal

/**
 * Takes credentials that BigV has accepted. `remember` keeps them in sessionStorage: this tab, until it is closed. `since` is
 * when they were first taken, in ms: now unless another tab, or an earlier page, has had them before.
 */
export function signIn(credentials: Credentials, remember: boolean, since = Date.now()): void {
  const before = store.get().credentials
  const other = before !== null && before.username !== credentials.username
  goodAt = since
  noteActive(Date.now())
  change({ ...SIGNED_OUT, credentials, remembered: remember, since }, other)
  rememberedSession.write(remember ? { ...credentials, since } : undefined)
  settled.emit(other ? 'other user' : 'same user')
}

/** Forgets the credentials, and all that was kept of what the user saw and did, in memory and in storage. */
export function signOut(): void {
  // What was gathered for all tabs, which end with this one.
  removeStored('browser', 'bigv.gathered.')
  change({ ...SIGNED_OUT, left: true }, true)
  settled.emit('cancelled')
}

/** Says in the storage that all tabs share that the user has signed out. For tabs that do not hear of it over the channel. */
export function noteSignedOut(): void {
  signedOutAt.write(Date.now())
}

/** Calls the action when another tab says so. */
export const onSignedOutElsewhere = signedOutAt.onOtherTab

/**
 * Takes up what an earlier page of this tab remembered, if anything: not where the user has signed out since, or nobody was here
 * for longer than a session lasts. Returns whether somebody is signed in now.
 */
export function restoreSession(): boolean {
  const remembered = rememberedSession.read()
  if (remembered === undefined) return false
  const now = Date.now()
  const { since = now, ...credentials } = remembered
  const ended = signedOutAt.read()
  // By a clock that was ahead and is put right: whether a session of the future was ended is not known, and a signing out in the
  // future ended none of now.
  const over = since > now || (ended !== undefined && ended > since && ended <= now)
  if (over || idleLeft(now) < 0) {
    rememberedSession.write(undefined)
    return false
  }
  goodAt = since
  setSession({ ...SIGNED_OUT, credentials, remembered: true, since })
  return true
}

/**
 * Says that BigV answered 401 to a request with these credentials. Credentials that have been replaced meanwhile are
 * not held against the new ones.
 */
export function refuseCredentials(used: Credentials): void {
  const session = store.get()
  if (session.credentials === used && !session.expired) store.set({ ...session, expired: true })
}

/** Says that BigV took these credentials for a request that began at that time, in ms. */
export function noteGoodAnswer(used: Credentials | null, at: number): void {
  if (used === null || store.get().credentials !== used) return
  // Of two answers the later counts; but no answer came in the future: the clock was put back.
  goodAt = goodAt > Date.now() ? at : Math.max(goodAt, at)
}

/** When BigV last took the credentials of now, in ms: a session token is good for five minutes from there. */
export const lastGoodAnswer = (): number => goodAt

/** Ends the session of a user who is not here, in place: its secrets are forgotten, what was typed stays for when they are back. */
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

/** Ends every wait for signing in again: the user does not want to now. The session stays expired. */
export function cancelSignInAgain(): void {
  settled.emit('cancelled')
}

/** Waits until the user has signed in again, as the same user or another, or does not want to. */
export function signedInAgain(): Promise<SignedInAgain> {
  return new Promise((resolve) => {
    const end = settled.on((how) => {
      end()
      resolve(how)
    })
  })
}

function change(session: Session, leaves: boolean): void {
  const before = stay
  if (leaves) {
    // All that this tab keeps of them, be the code that kept it loaded or not.
    removeStored('tab', 'bigv.')
    stay = new AbortController()
  }
  setSession(session)
  if (leaves) before.abort()
}

function setSession(session: Session): void {
  store.set(session)
  currentUser.set(session.credentials?.username)
}
