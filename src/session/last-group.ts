import { browserStorage } from '../lib/storage.ts'
import { currentSession } from './session.ts'

const KEY = 'bigv.last-group'

/** The group of an account that this user looked at last, or null. */
export function lastGroup(account: string): string | null {
  const group = groups()[keyOf(account)]
  return typeof group === 'string' ? group : null
}

/** Notes the group that is looked at, for the next signing in. */
export function rememberGroup(account: string, group: string): void {
  if (lastGroup(account) !== group) browserStorage.write(KEY, { ...groups(), [keyOf(account)]: group })
}

// Another tab may be another user's.
const keyOf = (account: string) => `${currentSession().credentials?.username} ${account}`

function groups(): Record<string, unknown> {
  const value = browserStorage.read(KEY)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
