import { readOwn, writeOwn } from './own-storage.ts'

const KEY = 'bigv.gathered.last-group'

/** The group of an account that this user looked at last, or null. */
export function lastGroup(account: string): string | null {
  const group = groups()[account]
  return typeof group === 'string' ? group : null
}

/** Notes the group that is looked at, for the next signing in. */
export function rememberGroup(account: string, group: string): void {
  if (lastGroup(account) !== group) writeOwn(KEY, { ...groups(), [account]: group })
}

// Whatever it is: what is no group is not taken for one.
const groups = (): Record<string, unknown> => ({ ...(readOwn(KEY) as object | undefined) })
