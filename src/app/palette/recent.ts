import { storedValue } from '../../lib/persisted.ts'
import { validEntries, z } from '../../lib/schema.ts'

const recent = storedValue({
  key: 'bigv.gathered.recent',
  where: 'browser',
  perUser: true,
  schema: validEntries(z.string()),
})
const MAX_PATHS = 30
const GROUP_OR_MACHINE = /^\/accounts\/[^/]+\/groups\/[^/]+\/virtual_machines(\/[^/]+)?$/

/** The paths of groups and machines that this user visited in this browser, most recent first. Signing out deletes the paths. */
export function recentPaths(): readonly string[] {
  return recent.read() ?? []
}

export function noteVisit(path: string): void {
  const before = recentPaths()
  if (!GROUP_OR_MACHINE.test(path) || before[0] === path) return
  recent.write([path, ...before.filter((other) => other !== path)].slice(0, MAX_PATHS))
}
