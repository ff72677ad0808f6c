import { ApiError } from '../api/errors.ts'
import { currentSession, signedInAgain } from '../session/session.ts'
import { isReadOnly, readOnlyReason } from '../session/read-only.ts'
import { findOperation, updateOperation } from './store.ts'

// How a change continues after BigV has answered 401: wait until the same user has signed in again, check again, send once more.

/** If the user signs in again more than this many ms after BigV's 401, nothing is sent without asking them. */
const ASK_AFTER_MS = 60_000

/** The note of an operation or a plan while it waits for its user. */
export const WAITS_FOR_SIGN_IN = 'Waiting for you to sign in again.'

const LATE =
  'It took more than a minute to sign in again, so this wasn’t sent. Send it now if you still want it.'

/** The fetch before a change got a 401 and wasn't repeated, so nothing was sent. The message says why. */
export class NotSent extends Error {}

/** The fetch wasn't repeated because the user took more than a minute to sign in again. */
export class TooLate extends NotSent {}

/** How to decide whether to send a change. `Data` is fetched before the first request, and again after a 401. */
export interface Decision<Data> {
  /** Throws an ApiError. */
  fetch: () => Promise<Data>
  disabledReason: (data: Data) => string | null
  /**
   * Describes in a sentence how the data has changed, or returns null. If it has changed, the user is asked. Absent if a dialog is still
   * open: a change is then dropped if the user signs in too late.
   */
  changed?: (key: string, before: Data, now: Data) => string | null
}

/** A decision to send again. */
interface DecisionAgain<Data> extends Decision<Data> {
  /** Called each time before the user is waited for. */
  onWait: () => void
}

/** Why a change wasn't sent again. `why` is short, for display below a title that says so; `note` is a sentence for the record. */
export interface Dropped {
  is: 'dropped'
  why: string
  note: string
  /** The user cancelled the sign-in, so BigV's 401 is the result. */
  declined?: true
}

type SignInResult =
  | { is: 'signed in'; late: boolean }
  | { is: 'cancelled'; why: string }
  | { is: 'gone'; why: string }

/** Options for a fetch. */
interface WithSession {
  /** Called when the fetch begins to wait for the user. */
  onWait?: () => void
  /** No change is sent after the fetch, so it may be repeated however late, and throws no NotSent. */
  mayBeLate?: boolean
}

/** Fetches. After a 401, fetches once more if the same user signs in again within a minute. Throws an ApiError or NotSent. */
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
      // If the credentials haven't changed, BigV would reject them again, forever.
      if (!expired && credentials === used) throw error
      const result = await untilSignedIn(onWait)
      if (result.is === 'cancelled' || (result.is === 'gone' && mayBeLate)) throw error
      if (result.is === 'gone') throw new NotSent(result.why, { cause: error })
      if (result.late && !mayBeLate) throw new TooLate(LATE, { cause: error })
    }
  }
}

/**
 * Handles a 401 to a request of an operation. Waits until the user has signed in again, then fetches and checks the data again. Asks the
 * user if more than a minute has passed or the data has changed. Returns the new data, or the reason why nothing is sent.
 */
export async function resume<Data>(
  key: string,
  { fetch, disabledReason, changed, onWait }: DecisionAgain<Data>,
  before: Data,
): Promise<{ is: 'resumed'; data: Data } | Dropped> {
  const result = await untilSignedIn(() => {
    onWait()
    updateOperation(key, { phase: 'signing in', note: WAITS_FOR_SIGN_IN })
  })
  if (result.is === 'cancelled') return { ...dropped(result.why, NOT_AGAIN), declined: true }
  const gone = result.is === 'gone' ? result.why : cancelReason(key)
  if (gone !== null) return dropped(gone, gone)
  const late = result.is === 'signed in' && result.late
  const off = late && !changed ? LATE : readOnlyReason(isReadOnly())
  if (off !== null) return dropped(off)
  let question = late ? 'More than a minute has passed.' : null
  for (let known = before; ; question = null) {
    let data: Data
    try {
      data = await withSession(fetch, { onWait })
    } catch (error) {
      if (error instanceof NotSent) return dropped(error.message)
      if (!(error instanceof ApiError)) throw error
      const why = `Couldn’t load the current state first: ${error.message}`
      return dropped(why, `Not sent again: couldn’t load the current state. ${error.message}`)
    }
    const refused = readOnlyReason(isReadOnly()) ?? disabledReason(data)
    if (refused !== null) return dropped(refused)
    question = changed?.(key, known, data) ?? question
    if (question !== null) {
      onWait()
      if (!(await ask(key, question))) return dropped('You decided against it.', NOT_AGAIN)
    }
    const ended = cancelReason(key)
    if (ended !== null) return dropped(ended, ended)
    if (question === null) return { is: 'resumed', data }
    // The user may have taken long to answer, so the data is fetched once more, and compared with what the question was about.
    known = data
    updateOperation(key, { phase: 'sending', note: '' })
  }
}

const NOT_AGAIN = 'Not sent again.'

function dropped(why: string, note = `Not sent again: ${why}`): Dropped {
  return { is: 'dropped', why, note }
}

/** Waits until the user has signed in again. Returns at once if there are newer credentials. */
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

/** Answers an operation's question whether to send its request after all. */
export function answerQuestion(key: string, yes: boolean): void {
  questions.get(key)?.(yes)
  questions.delete(key)
}

/** Why nothing more may be sent for an operation: it has ended, or another user is signed in. Otherwise null. */
export function cancelReason(key: string): string | null {
  const operation = findOperation(key)
  if (operation?.outcome === 'cancelled') return 'You cancelled this while it was queued.'
  if (operation === undefined || operation.phase === 'ended')
    return 'This was already finished or cancelled, so nothing more was sent.'
  return otherUser(operation.username)
}

function otherUser(before: string | undefined): string | null {
  const now = currentSession().credentials?.username
  if (now === undefined) return 'You signed out, so the request was cancelled.'
  return now === before ? null : 'Another user signed in, so the request was cancelled.'
}
