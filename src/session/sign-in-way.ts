import { browserStorage } from '../lib/storage.ts'

const KEY = 'bigv.sign-in-with'

/** Which way of signing in was chosen last in this browser: 'token' or 'basic', which is the usual one. */
export function lastSignInWay(): 'basic' | 'token' {
  return browserStorage.read(KEY) === 'token' ? 'token' : 'basic'
}

/** Notes which way was chosen, for the next signing in. It is a preference, and outlasts signing out. */
export function rememberSignInWay(way: 'basic' | 'token'): void {
  browserStorage.write(KEY, way)
}
