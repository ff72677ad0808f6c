import { storedValue } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { credentialsSchema } from './credentials.ts'
import { currentSession, noteSignedOut, onSignedOutElsewhere, signIn, signOut } from './session.ts'

const CHANNEL = 'bigv.session'
const ANSWER_MS = 100

/** An answer is only for the tab that asked. At another tab's sign-in page, a different user may be about to sign in. */
type Message =
  | { type: 'ask'; id: string }
  | { type: 'answer'; to: string; credentials: unknown; since: number }
  | { type: 'renewed'; credentials: unknown; since: number }
  | { type: 'signed out' }

const sharing = storedValue({ key: 'bigv.share-session', where: 'browser', schema: z.boolean() })
let channel: BroadcastChannel | null = null
let asking = ''

const post = (message: Message) => channel?.postMessage(message)

/** True if tabs share their session. */
export function sharesSession(): boolean {
  return sharing.read() ?? true
}

export function setSharesSession(share: boolean): void {
  sharing.write(share)
}

/**
 * Connects this tab with the others: gives new tabs this tab's credentials (over a channel, never through storage), and follows sign-outs
 * and renewed credentials.
 */
export function joinTabs(): void {
  onSignedOutElsewhere(signOut)
  if (typeof BroadcastChannel === 'undefined') return
  channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'signed out') signOut()
    else if (!sharesSession()) return
    else if (data.type === 'ask') answer(data.id)
    else receive(data)
  })
}

function answer(to: string): void {
  const { credentials, expired, since } = currentSession()
  if (credentials !== null && !expired) post({ type: 'answer', to, credentials, since })
}

function receive(data: Extract<Message, { credentials: unknown }>): void {
  const { credentials: own, remembered, signedOut } = currentSession()
  const theirs = credentialsSchema.safeParse(data.credentials).data
  if (theirs === undefined) return
  if (data.type === 'answer') {
    // Ignores the answer if the user has signed out since this tab asked.
    if (data.to === asking && own === null && !signedOut) signIn(theirs, false, data.since)
  } else if (own?.username === theirs.username) {
    signIn({ ...theirs, account: own.account }, remembered, data.since)
  }
}

/** Asks the open tabs for their session, and waits at most 100 ms for an answer. */
export async function askTabs(): Promise<void> {
  if (channel === null || !sharesSession()) return
  const asked = channel
  asking = Math.random().toString(36).slice(2)
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ANSWER_MS)
    asked.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.type !== 'answer' || data.to !== asking) return
      clearTimeout(timer)
      resolve()
    })
    post({ type: 'ask', id: asking })
  })
}

/** Sends renewed credentials to the user's other tabs, so that those don't have to ask the user. */
export function shareRenewed(): void {
  const { credentials, since } = currentSession()
  if (credentials !== null && sharesSession()) post({ type: 'renewed', credentials, since })
}

export function signOutEverywhere(): void {
  noteSignedOut()
  post({ type: 'signed out' })
  signOut()
}
