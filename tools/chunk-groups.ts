import path from 'node:path'
import { ROOT } from './run.ts'

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

const source = (module: string) => path.join(ROOT, 'src', module).replaceAll('\\', '/')
const START = source('main.tsx')
const APP = source('app.tsx')
const SIGN_IN = source('routes/sign-in.tsx')
/** What the list makes parts of (ui/part.tsx): each is wanted by a click, and all come together when the list is there. */
const PARTS = [
  'ui/menu-popup.tsx',
  'ui/toast-items.tsx',
  'components/machine-export/export-items.tsx',
  'components/machine-search/completion-list.tsx',
  'components/machine-search/saved-items.tsx',
  'components/machine-search/search-terms.tsx',
  'components/machine-table/selection-tools.tsx',
  'components/power/deleted-actions.tsx',
  'components/power/power-items.tsx',
  'components/shell/account-menu-items.tsx',
  'components/shell/changes-menu-items.tsx',
  'components/shell/group-menu-items.tsx',
  'components/shell/poll-menu-items.tsx',
  'components/shell/user-menu-items.tsx',
].map(source)
/** Named by the index of a package of which the first view needs something else. */
const OF_OTHER_PAGES = /\/(?:queriesObserver|useQueries|infiniteQueryObserver|useInfiniteQuery)\.js$/

/**
 * What the first view needs goes into three chunks instead of dozens that are shared by every pair of pages: what asks BigV for
 * the list, the packages, and our own code; what signing in needs besides goes into a fourth, and what clicks on the list need
 * into a fifth. Each is what its modules import statically, so what only a click needs stays out of the first as long as the click
 * imports it.
 */
export const chunkGroups = [
  {
    name: (id: string, graph: Graph): string | null => {
      if ([START, APP, SIGN_IN].includes(id) || OF_OTHER_PAGES.test(id)) return null
      if (imports(START, graph).has(id)) return 'start'
      if (imports(APP, graph).has(id)) return id.includes('/node_modules/') ? 'vendor' : 'app'
      if (imports(SIGN_IN, graph).has(id)) return 'fields'
      return PARTS.some((part) => imports(part, graph).has(id)) ? 'parts' : null
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
