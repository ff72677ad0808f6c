import { externalStore } from '../lib/external-store.ts'
import { browserStorage } from '../lib/browser/storage.ts'

const KEY = 'bigv.look-only'
const store = externalStore(browserStorage.read(KEY) === true)

// The user's other tabs follow.
globalThis.addEventListener?.('storage', ({ key }) => {
  if (key === KEY) store.set(browserStorage.read(KEY) === true)
})

/** Whether every write is switched off in this browser. */
export const isReadOnly = store.get

/** Calls the listener when the switch is turned; returns the function that ends it. */
export const subscribeReadOnly = store.subscribe

/** Turns the switch, for this browser. */
export function setReadOnly(on: boolean): void {
  browserStorage.write(KEY, on)
  store.set(on)
}

/** Why nothing can be sent while the switch is on, or null. */
export function readOnlyReason(on: boolean): string | null {
  return on ? '“Look only” is switched on: nothing is sent.' : null
}
