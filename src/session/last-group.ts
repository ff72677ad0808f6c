import { browserStorage } from '../lib/storage.ts'

const KEY = 'bigv.last-group'

/** The group that was last looked at in an account, or null. */
export function lastGroup(account: string): string | null {
  const group = groups()[account]
  return typeof group === 'string' ? group : null
}

/** Notes the group that is looked at, for the next signing in. */
export function rememberGroup(account: string, group: string): void {
  if (lastGroup(account) !== group) browserStorage.write(KEY, { ...groups(), [account]: group })
}

function groups(): Record<string, unknown> {
  const value = browserStorage.read(KEY)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
