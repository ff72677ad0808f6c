import { browserStorage } from '../lib/storage.ts'
import { currentSession, isCredentials, signIn, signOut } from './session.ts'

const CHANNEL = 'bigv.session'
const SHARE_KEY = 'bigv.share-session'
const ANSWER_MS = 100

type Message = { type: 'ask' } | { type: 'answer'; credentials: unknown } | { type: 'signed out' }

let channel: BroadcastChannel | null = null

/** Whether this tab gives its session to new tabs of the same origin, and takes theirs. */
export function sharesSession(): boolean {
  return browserStorage.read(SHARE_KEY) !== false
}

/** Switches the sharing of the session between tabs on or off, for this browser. */
export function setSharesSession(share: boolean): void {
  browserStorage.write(SHARE_KEY, share)
}

/**
 * Joins the other tabs of this origin: answers new ones with this tab's credentials (in memory only, never through
 * storage) and signs out with any of them. Does nothing where there is no BroadcastChannel.
 */
export function joinTabs(): void {
  if (typeof BroadcastChannel === 'undefined') return
  channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    const { credentials, expired, left } = currentSession()
    if (data.type === 'signed out') signOut()
    else if (data.type === 'ask' && credentials !== null && !expired && sharesSession()) {
      channel?.postMessage({ type: 'answer', credentials } satisfies Message)
    } else if (data.type === 'answer' && credentials === null && !left && sharesSession()) {
      // Not where the user has signed out: that answer was for a newer tab.
      if (isCredentials(data.credentials)) signIn(data.credentials, false)
    }
  })
}

/** Asks the open tabs for their session and waits a tenth of a second at most. */
export async function askTabs(): Promise<void> {
  if (channel === null || !sharesSession()) return
  const asked = channel
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ANSWER_MS)
    asked.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.type !== 'answer') return
      clearTimeout(timer)
      resolve()
    })
    asked.postMessage({ type: 'ask' } satisfies Message)
  })
}

/** Signs out here and in every other tab. */
export function signOutEverywhere(): void {
  channel?.postMessage({ type: 'signed out' } satisfies Message)
  signOut()
}
