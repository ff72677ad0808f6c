import path from 'node:path'
import { ROOT } from './run.ts'

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

const [START, APP, SIGN_IN] = ['src/main.tsx', 'src/app.tsx', 'src/routes/sign-in.tsx'].map((module) =>
  path.join(ROOT, module).replaceAll('\\', '/'),
) as [string, string, string]

/** Named by the index of a package of which the first view needs something else. */
const OF_OTHER_PAGES = /\/(?:queriesObserver|useQueries|infiniteQueryObserver|useInfiniteQuery)\.js$/

/**
 * What the first view needs goes into three chunks instead of dozens that are shared by every pair of pages: what asks BigV for
 * the list, the packages, and our own code; what signing in needs besides goes into a fourth. Each is what its module imports
 * statically, so what only a click needs stays out of them as long as the click imports it.
 */
export const chunkGroups = [
  {
    name: (id: string, graph: Graph): string | null => {
      if ([START, APP, SIGN_IN].includes(id) || OF_OTHER_PAGES.test(id)) return null
      if (imports(START, graph).has(id)) return 'start'
      if (imports(APP, graph).has(id)) return id.includes('/node_modules/') ? 'vendor' : 'app'
      return imports(SIGN_IN, graph).has(id) ? 'fields' : null
    },
    debugName: 'first view',
    priority: 1,
  },
  { name: 'pieces', test: /\/src\/(?:api|components|lib|operations|ui\/(?!dialog))/, minShareCount: 3 },
]

const known = new Map<string, Set<string>>()

/** All that a module imports statically, directly or not; the module itself, too. */
function imports(root: string, graph: Graph): Set<string> {
  const before = known.get(root)
  if (before) return before
  const found = new Set([root])
  // A set that grows is walked to its end.
  for (const id of found)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
  known.set(root, found)
  return found
}
