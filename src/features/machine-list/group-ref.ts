import type { GroupRef } from '../../lib/links.ts'

const made = new Map<string, GroupRef>()

/** Where the machines of a group are: the same object each time, so that rows of it are not drawn anew. */
export function groupRef(account: string, group: string): GroupRef {
  const key = JSON.stringify([account, group])
  const known = made.get(key) ?? { account, group }
  made.set(key, known)
  return known
}
