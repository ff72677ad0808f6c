import { storedValue } from '../../lib/persisted.ts'
import { validEntries, z } from '../../lib/schema.ts'

const recent = storedValue({
  key: 'bigv.gathered.recent',
  where: 'browser',
  perUser: true,
  schema: validEntries(z.string()),
})
const MOST = 30
const MACHINE = /^\/accounts\/[^/]+\/groups\/[^/]+\/virtual_machines(\/[^/]+)?$/

/**
 * The addresses of groups and machines that this user looked at in this browser, the last one first. Forgotten on signing out.
 */
export function recentPaths(): readonly string[] {
  return recent.read() ?? []
}

/** Notes the address of a page that is looked at, if it is one of a group or a machine. */
export function noteVisit(path: string): void {
  const before = recentPaths()
  if (!MACHINE.test(path) || before[0] === path) return
  recent.write([path, ...before.filter((other) => other !== path)].slice(0, MOST))
}
