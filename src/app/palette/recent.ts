import { readOwn, writeOwn } from '../../session/own-storage.ts'

const KEY = 'bigv.gathered.recent'
const MOST = 30
const GROUP_OR_MACHINE = /^\/accounts\/[^/]+\/groups\/[^/]+\/virtual_machines(\/[^/]+)?$/

/** The addresses of the groups and machines that this user visited in this browser, the last one first; signing out forgets them. */
export function recentPaths(): readonly string[] {
  const kept = readOwn(KEY)
  return Array.isArray(kept)
    ? kept.filter((path): path is string => typeof path === 'string').slice(0, MOST)
    : []
}

/** Notes that a page is visited, if it is one of a group or a machine. */
export function noteVisit(path: string): void {
  const before = recentPaths()
  if (!GROUP_OR_MACHINE.test(path) || before[0] === path) return
  writeOwn(KEY, [path, ...before.filter((other) => other !== path)].slice(0, MOST))
}
