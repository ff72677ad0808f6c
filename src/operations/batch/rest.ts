import { currentSession } from '../../session/session.ts'
import { isReadOnly, readOnlyReason } from '../read-only.ts'
import type { Run } from './run.ts'

/**
 * Takes a run and returns why nothing of it may begin just now, or null. It is no pause: it goes on by itself when the reason is
 * gone.
 */
export function restReason({ username }: Pick<Run, 'username'>): string | null {
  const { credentials, expired } = currentSession()
  if (expired || credentials === null) return 'It goes on when you have signed in again.'
  if (credentials.username !== username) return 'Somebody else is signed in.'
  if (!navigator.onLine) return 'This browser is offline. It goes on when it is back.'
  return readOnlyReason(isReadOnly())
}
