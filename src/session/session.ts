import { currentUser } from '../lib/persisted.ts'
import { createStore } from '../lib/store.ts'
import { browserStorage, tabStorage } from '../lib/browser/storage.ts'
import { readCredentials, withoutSecrets, type Credentials } from './credentials.ts'
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

const STORAGE_KEY = 'bigv.session'
/** When the user signed out last, in any tab: a tab that slept through it must not come back with what it remembers. */
const ENDED_KEY = 'bigv.signed-out'
const SIGNED_OUT: Session = {
  credentials: null,
  remembered: false,
  expired: false,
  locked: false,
  left: false,
  since: 0,
}

const store = createStore<Session>(SIGNED_OUT)
// The first listener: whoever is told of the session finds the user that it is of.
store.subscribe(({ credentials }) => currentUser.set(credentials?.username))
const waiting = new Set<(how: SignedInAgain) => void>()
let stay = new AbortController()
let goodAt = 0

/** The session as it is now. */
export const currentSession = store.get

/** Calls the listener after each change of the session; returns the function that ends it. */
export const subscribeSession = store.subscribe

/** Is aborted when the user of now is no longer the one who is signed in: what is being read for him is dropped. */
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
  if (remember) tabStorage.write(STORAGE_KEY, { ...credentials, since })
  else tabStorage.remove(STORAGE_KEY)
  settle(other ? 'other user' : 'same user')
}

/** Forgets the credentials, and all that was kept of what the user saw and did, in memory and in storage. */
export function signOut(): void {
  // What was gathered for all tabs, which end with this one.
  browserStorage.removeAll('bigv.gathered.')
  change({ ...SIGNED_OUT, left: true }, true)
  settle('cancelled')
}

/** Says in the storage that all tabs share that the user has signed out. Those that are told of it some other way lose nothing. */
export function noteSignedOut(): void {
  browserStorage.write(ENDED_KEY, Date.now())
}

/** Calls the action when another tab says so. */
export function onSignedOutElsewhere(action: () => void): void {
  globalThis.addEventListener?.('storage', ({ key }) => {
    if (key === ENDED_KEY) action()
  })
}

/**
 * Takes up what an earlier page of this tab remembered, if anything: not where the user has signed out since, or nobody was here
 * for longer than a session lasts. Returns whether somebody is signed in now.
 */
export function restoreSession(): boolean {
  const kept = tabStorage.read(STORAGE_KEY)
  const credentials = readCredentials(kept)
  if (credentials === null) return false
  const { since: keptSince } = kept as { since?: unknown }
  const since = typeof keptSince === 'number' ? keptSince : Date.now()
  const ended = browserStorage.read(ENDED_KEY)
  const now = Date.now()
  // By a clock that was ahead and is put right: whether a session of the future was ended is not known, and a signing out in the
  // future ended none of now.
  const over = since > now || (typeof ended === 'number' && ended > since && ended <= now)
  if (over || idleLeft(now) < 0) {
    tabStorage.remove(STORAGE_KEY)
    return false
  }
  goodAt = since
  store.set({ ...SIGNED_OUT, credentials, remembered: true, since })
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

/** Ends the session of a user who is not here, in place: its secrets are forgotten, what was typed stays for when he is back. */
export function lockSession(): void {
  const session = store.get()
  if (session.credentials === null || session.locked) return
  tabStorage.remove(STORAGE_KEY)
  store.set({
    ...session,
    credentials: withoutSecrets(session.credentials),
    expired: true,
    locked: true,
  })
}

/** Ends every wait for signing in again: the user does not want to now. The session stays expired. */
export function cancelSignInAgain(): void {
  settle('cancelled')
}

/** Waits until the user has signed in again, as the same user or another, or does not want to. */
export function signedInAgain(): Promise<SignedInAgain> {
  return new Promise((resolve) => waiting.add(resolve))
}

function change(session: Session, leaves: boolean): void {
  const before = stay
  if (leaves) {
    // All that this tab keeps of him, be the code that kept it loaded or not.
    tabStorage.removeAll('bigv.')
    stay = new AbortController()
  }
  store.set(session)
  if (leaves) before.abort()
}

function settle(how: SignedInAgain): void {
  for (const resolve of waiting) resolve(how)
  waiting.clear()
}
