import { ApiError } from '../api/errors.ts'
import { currentSession, signedInAgain } from '../session/session.ts'
import { isReadOnly, readOnlyReason } from './read-only.ts'
import { findOperation, updateOperation } from './store.ts'

// The way of a change that BigV answers with 401: wait until the same user has signed in again, check again, send once more.

/** After this many ms, nothing is sent without asking the user. */
const ASK_AFTER_MS = 60_000

/** The note of an operation or a plan while it waits for its user. */
export const WAITS_FOR_SIGN_IN = 'Waiting for you to sign in again.'

const LATE =
  'It took more than a minute to sign in again, so this wasn’t sent. Send it now if you still want it.'

/** A fetch before a change wasn't repeated: nothing was sent, and the message says why. */
export class NotSent extends Error {}

/** The same, as the user signed in again after more than a minute. */
export class TooLate extends NotSent {}

/** How a change is decided on `Data`, which is fetched before the first request, and again after a 401. */
export interface Decision<Data> {
  /** Throws an ApiError. */
  fetch: () => Promise<Data>
  disabledReason: (data: Data) => string | null
  /**
   * The change of the data in a sentence, or null: the user is asked then. Absent if a dialog is still open: then a late change is dropped.
   */
  changed?: (key: string, before: Data, now: Data) => string | null
}

/** Why it wasn't sent again: in short, below a title that says so, and as a sentence for the record. */
export interface Dropped {
  is: 'dropped'
  why: string
  note: string
  /** The user cancelled the sign-in: BigV's 401 stands. */
  declined?: true
}

type SignInResult =
  | { is: 'signed in'; late: boolean }
  | { is: 'cancelled'; why: string }
  | { is: 'gone'; why: string }

/** Options for fetches that no change waits for. */
interface WithSession {
  /** Called when it begins to wait for the user. */
  onWait?: () => void
  /** Nothing is sent after the fetch: it may be repeated however late, and throws no NotSent. */
  mayBeLate?: boolean
}

/** Fetches, and after a 401 once more if the same user signs in again within a minute. Throws an ApiError, or NotSent. */
export async function withSession<T>(
  fetch: () => Promise<T>,
  { onWait, mayBeLate = false }: WithSession = {},
): Promise<T> {
  for (;;) {
    const used = currentSession().credentials
    try {
      return await fetch()
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      const { credentials, expired } = currentSession()
      // Unchanged credentials would be rejected forever.
      if (!expired && credentials === used) throw error
      const result = await untilSignedIn(onWait)
      if (result.is === 'cancelled' || (result.is === 'gone' && mayBeLate)) throw error
      if (result.is === 'gone') throw new NotSent(result.why, { cause: error })
      if (result.late && !mayBeLate) throw new TooLate(LATE, { cause: error })
    }
  }
}

/**
 * Handles a 401 to a request of an operation: waits until the user has signed in again, fetches and checks the data again, and asks the
 * user if more than a minute has passed or the data has changed. Returns the new data, or why nothing is sent.
 */
export async function resume<Data>(
  key: string,
  { fetch, disabledReason, changed }: Decision<Data>,
  before: Data,
): Promise<{ is: 'resumed'; data: Data } | Dropped> {
  const result = await untilSignedIn(() =>
    updateOperation(key, { phase: 'signing in', note: WAITS_FOR_SIGN_IN }),
  )
  if (result.is === 'cancelled') return { ...dropped(result.why, NOT_AGAIN), declined: true }
  const gone = result.is === 'gone' ? result.why : cancelReason(key)
  if (gone !== null) return dropped(gone, gone)
  const late = result.is === 'signed in' && result.late
  const off = late && !changed ? LATE : readOnlyReason(isReadOnly())
  if (off !== null) return dropped(off)
  let data: Data
  try {
    data = await withSession(fetch)
  } catch (error) {
    if (error instanceof NotSent) return dropped(error.message)
    if (!(error instanceof ApiError)) throw error
    const why = `Couldn’t load the current state first: ${error.message}`
    return dropped(why, `Not sent again: couldn’t load the current state. ${error.message}`)
  }
  const refused = readOnlyReason(isReadOnly()) ?? disabledReason(data)
  if (refused !== null) return dropped(refused)
  const change = changed?.(key, before, data) ?? null
  if ((late || change !== null) && !(await ask(key, change ?? 'More than a minute has passed.'))) {
    return dropped('You decided against it.', NOT_AGAIN)
  }
  const ended = cancelReason(key)
  return ended === null ? { is: 'resumed', data } : dropped(ended, ended)
}

const NOT_AGAIN = 'Not sent again.'

function dropped(why: string, note = `Not sent again: ${why}`): Dropped {
  return { is: 'dropped', why, note }
}

/** Waits until the user has signed in again; returns at once if there are newer credentials. */
async function untilSignedIn(onWait?: () => void): Promise<SignInResult> {
  const refusedAt = Date.now()
  const before = currentSession().credentials?.username
  if (currentSession().expired) {
    onWait?.()
    if ((await signedInAgain()) === 'cancelled') {
      return { is: 'cancelled', why: 'Sign-in was cancelled.' }
    }
  }
  const why = otherUser(before)
  return why === null ? { is: 'signed in', late: Date.now() - refusedAt > ASK_AFTER_MS } : { is: 'gone', why }
}

const questions = new Map<string, (yes: boolean) => void>()

async function ask(key: string, why: string): Promise<boolean> {
  updateOperation(key, { phase: 'asking', note: `${why} Send it anyway?` })
  return await new Promise<boolean>((resolve) => questions.set(key, resolve))
}

/** Answers the question of an operation that asks whether to send it after all. */
export function answerQuestion(key: string, yes: boolean): void {
  questions.get(key)?.(yes)
  questions.delete(key)
}

/** Why nothing more may be sent for an operation, or null: it has ended, or another user is signed in. */
export function cancelReason(key: string): string | null {
  const operation = findOperation(key)
  if (operation === undefined || operation.phase === 'ended') return 'This action has already ended.'
  return otherUser(operation.username)
}

function otherUser(before: string | undefined): string | null {
  const now = currentSession().credentials?.username
  if (now === undefined) return 'You signed out, so the request was cancelled.'
  return now === before ? null : 'Another user signed in, so the request was cancelled.'
}
