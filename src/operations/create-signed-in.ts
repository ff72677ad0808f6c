import { currentSession, signedInAgain } from '../session/session.ts'
import type { GroupRef } from '../lib/links.ts'
import type { CreateBundle } from './bundle.ts'
import { createMachine, type Created } from './create.ts'

// Design, "Sending": a refused write goes on by itself after signing in again, unless that took longer.
const RESUME_MS = 60_000

/**
 * Creates a machine as createMachine does; where BigV no longer takes the credentials, once more after the same user has
 * signed in again.
 */
export async function createSignedIn(ref: GroupRef, bundle: CreateBundle, run?: string): Promise<Created> {
  const created = await createMachine(ref, bundle, run)
  const expired = created.is === 'refused' && created.error.status === 401 && currentSession().expired
  if (!expired) return created
  const since = Date.now()
  const how = await signedInAgain()
  if (how === 'cancelled') return created
  if (how === 'other user') return { is: 'barred', reason: 'Somebody else has signed in meanwhile.' }
  if (Date.now() - since < RESUME_MS) return createMachine(ref, bundle, run)
  return {
    is: 'barred',
    reason: 'Signing in again took a while, so it was not sent by itself. Send it when it is still wanted.',
  }
}
