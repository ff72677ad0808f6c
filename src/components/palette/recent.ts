import { browserStorage } from '../../lib/storage.ts'
import { currentSession } from '../../session/session.ts'

const KEY = 'bigv.recent'
const MOST = 30
const MACHINE = /^\/accounts\/[^/]+\/groups\/[^/]+\/virtual_machines(\/[^/]+)?$/

/**
 * The addresses of groups and machines that this user looked at in this browser, the last one first: another tab may be another
 * user's. Forgotten on signing out.
 */
export function recentPaths(): readonly string[] {
  const kept = byUser()[username()]
  return Array.isArray(kept)
    ? kept.filter((path): path is string => typeof path === 'string').slice(0, MOST)
    : []
}

/** Notes the address of a page that is looked at, if it is one of a group or a machine. */
export function noteVisit(path: string): void {
  const before = recentPaths()
  if (!MACHINE.test(path) || before[0] === path) return
  const paths = [path, ...before.filter((other) => other !== path)].slice(0, MOST)
  browserStorage.write(KEY, { ...byUser(), [username()]: paths })
}

const username = () => currentSession().credentials?.username ?? ''

function byUser(): Record<string, unknown> {
  const kept = browserStorage.read(KEY)
  return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? { ...kept } : {}
}
