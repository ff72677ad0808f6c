import { browserStorage, tabStorage } from '../lib/storage.ts'

/** What this browser has gathered about what the user looked at; what he set or saved for himself is not among it. */
const GATHERED = ['bigv.last-group', 'bigv.recent', 'bigv.waiting-restart']

/**
 * Forgets what storage has of a user who leaves: all that this tab keeps, be the code that kept it loaded or not, and what was
 * gathered for all tabs.
 */
export function forgetStored(): void {
  tabStorage.removeAll('bigv.')
  for (const key of GATHERED) browserStorage.remove(key)
}
