import { externalStore } from '../lib/external-store.ts'
import { tabStorage } from '../lib/storage.ts'

/** What every request to BigV carries, and the account that the user named at signing in. */
export interface Credentials {
  account: string
  username: string
  password: string
  /** A Yubikey's one-time password, replayed until BigV no longer takes it; empty for none. */
  otp: string
}

/** Who is signed in. `expired` says that BigV no longer takes what we have and the user should sign in again. */
export interface Session {
  credentials: Credentials | null
  remembered: boolean
  expired: boolean
  /** Signed out by the user, here or in another tab: the page that was open is nobody's `next`. */
  left: boolean
  /** Time in ms when these credentials were first taken. */
  since: number
}

/** How a wait for signing in again ended. */
export type SignedInAgain = 'same user' | 'other user' | 'cancelled'

const STORAGE_KEY = 'bigv.session'
const SIGNED_OUT: Session = { credentials: null, remembered: false, expired: false, left: false, since: 0 }

const store = externalStore<Session>(SIGNED_OUT)
const waiting = new Set<(how: SignedInAgain) => void>()

/** The session as it is now. */
export const currentSession = store.get

/** Calls the listener after each change of the session; returns the function that ends it. */
export const subscribeSession = store.subscribe

/** Takes credentials that BigV has accepted. `remember` keeps them in sessionStorage: this tab, until it is closed. */
export function signIn(credentials: Credentials, remember: boolean): void {
  const before = store.get().credentials
  store.set({ credentials, remembered: remember, expired: false, left: false, since: Date.now() })
  if (remember) tabStorage.write(STORAGE_KEY, credentials)
  else tabStorage.remove(STORAGE_KEY)
  settle(before === null || before.username === credentials.username ? 'same user' : 'other user')
}

/** Forgets the credentials, in memory and in this tab's storage. */
export function signOut(): void {
  tabStorage.remove(STORAGE_KEY)
  store.set({ ...SIGNED_OUT, left: true })
  settle('cancelled')
}

/** Takes up what an earlier page of this tab remembered, if anything. Returns whether somebody is signed in now. */
export function restoreSession(): boolean {
  const kept = tabStorage.read(STORAGE_KEY)
  if (!isCredentials(kept)) return false
  store.set({ credentials: kept, remembered: true, expired: false, left: false, since: Date.now() })
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

/** Ends every wait for signing in again: the user does not want to now. The session stays expired. */
export function cancelSignInAgain(): void {
  settle('cancelled')
}

/** Waits until the user has signed in again, as the same user or another, or does not want to. */
export function signedInAgain(): Promise<SignedInAgain> {
  return new Promise((resolve) => waiting.add(resolve))
}

/** Whether the value has the form of credentials: it came from storage or from another tab. */
export function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false
  const record = value as Record<string, unknown>
  return ['account', 'username', 'password', 'otp'].every((key) => typeof record[key] === 'string')
}

function settle(how: SignedInAgain): void {
  for (const resolve of waiting) resolve(how)
  waiting.clear()
}
