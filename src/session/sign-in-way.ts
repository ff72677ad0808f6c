import { browserStorage } from '../lib/browser/storage.ts'

/** The two ways to sign in: HTTP Basic with every request, or a token that the auth service gives for the password once. */
export type SignInWay = 'basic' | 'token'

const KEY = 'bigv.sign-in-with'

/** Which way of signing in was chosen last in this browser: 'token' or 'basic', which is the usual one. */
export function lastSignInWay(): SignInWay {
  return browserStorage.read(KEY) === 'token' ? 'token' : 'basic'
}

/** Notes which way was chosen, for the next signing in. It is a preference, and outlasts signing out. */
export function rememberSignInWay(way: SignInWay): void {
  browserStorage.write(KEY, way)
}
