import { createTabLocks, type Locks } from '../lib/browser/tab-locks.ts'

// On HTTP/1.1, browsers open six connections to an origin, for all tabs together (Chromium, Firefox and Safari alike). Most writes block
// until BigV is done, for up to 10 minutes (docs/bigv-api.md#3-status-codes-and-error-bodies), so six of them would block every fetch.

/** The names of three locks. A write is sent only while it holds a lock, its “place”. Two connections are left for fetches. */
const PLACES = ['write-1', 'write-2', 'write-3']
/** The fourth lock is for urgent writes alone, so that Force stop never waits behind a re-image. */
const URGENT_PLACE = 'write-4'

// Browsers have `navigator.locks` only in a secure context. Over plain HTTP, each tab has its own places.
const withinThisTab = createTabLocks()
const allTabs = (): Locks | undefined => (navigator as Partial<Navigator>).locks

/**
 * Takes one of the places for writes, which all tabs share, and returns a function to release it. A tab that closes or crashes releases its
 * places. Waiting writes get a place in the order in which they came.
 * @param urgent the write may take any place, including the one for urgent writes
 * @param signal ends the wait, which then throws the signal's reason
 * @param onWait called if no place is free
 */
export async function takePlace(
  urgent: boolean,
  signal: AbortSignal,
  onWait: () => void,
  locks: Locks = allTabs() ?? withinThisTab,
): Promise<() => void> {
  // The place for urgent writes comes last, so that it stays free for the next urgent write.
  const names = urgent ? [...PLACES, URGENT_PLACE] : PLACES
  for (const name of names) {
    const release = await takeIfFree(locks, name)
    if (release !== null) return release
  }
  onWait()
  signal.throwIfAborted()
  return await takeFirst(locks, names, signal)
}

function takeIfFree(locks: Locks, name: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    const use = (lock: object | null) =>
      new Promise<void>((release) => {
        resolve(lock === null ? null : release)
        if (lock === null) release()
      })
    locks.request(name, { ifAvailable: true }, use).catch(reject)
  })
}

/** Waits for all of these places, keeps the first that becomes free, and withdraws the other requests. */
function takeFirst(locks: Locks, names: readonly string[], signal: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const settled = new AbortController()
    signal.addEventListener('abort', () => settled.abort(signal.reason), { once: true })
    settled.signal.addEventListener('abort', () => reject(settled.signal.reason), { once: true })
    const use = () =>
      new Promise<void>((release) => {
        // The write may have got another place, or stopped waiting, just before it got this one.
        if (settled.signal.aborted) return release()
        resolve(release)
        settled.abort()
      })
    for (const name of names) {
      locks
        .request(name, { signal: settled.signal }, use)
        .catch((error: unknown) => !settled.signal.aborted && reject(error))
    }
  })
}
