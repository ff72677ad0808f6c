import { currentSession, signedInAgain } from '../session/session.ts'

/** After how many ms what was asked for is not sent by itself any more (design, "Sending"). */
export const ASK_AFTER_MS = 60_000

/** Why what was asked for does not go on after a 401; null when it does. */
export type NotBack = { is: 'cancelled' | 'gone' | 'late'; why: string } | null

/**
 * Waits, where BigV no longer takes the credentials, until the user has signed in again; not where newer ones are there already.
 * Returns what speaks against going on: the user does not want to, somebody else is signed in, or more than a minute has passed since
 * it was called.
 */
export async function backInTime(): Promise<NotBack> {
  const refusedAt = Date.now()
  const before = currentSession().credentials?.username
  if (currentSession().expired && (await signedInAgain()) === 'cancelled') {
    return { is: 'cancelled', why: 'You have not signed in again.' }
  }
  const now = currentSession().credentials?.username
  if (now === undefined) return { is: 'gone', why: 'You signed out, so it was dropped.' }
  if (now !== before) return { is: 'gone', why: 'Somebody else has signed in, so it was dropped.' }
  if (Date.now() - refusedAt <= ASK_AFTER_MS) return null
  return {
    is: 'late',
    why: 'More than a minute has passed before you signed in again, so it was not sent by itself. Send it if it is still wanted.',
  }
}
