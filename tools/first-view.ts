import { existsSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './run.ts'

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

/** The id of a module that is named here. Throws when it has moved: a name that matches nothing would go unnoticed. */
function source(module: string): string {
  const file = path.join(ROOT, 'src', module)
  if (!existsSync(file)) throw new Error(`tools/chunk-groups.ts names src/${module}, which is not there.`)
  return file.replaceAll('\\', '/')
}

const START = source('main.tsx')
const APP = source('app/app.tsx')
const SIGN_IN = source('features/sign-in/page.tsx')
/** What the list loads lazily and early (ui/lazy.tsx): each is wanted by a click, and all come together when the list is there. */
const LAZY = [
  'ui/menu/menu-popup.tsx',
  'ui/toast-items.tsx',
  'features/machine-list/export-items.tsx',
  'features/machine-list/search/completion-list.tsx',
  'features/machine-list/search/saved-searches.tsx',
  'features/machine-list/search/search-terms.tsx',
  'features/machine-list/selection-tools.tsx',
  'features/machine-list/table/row-actions.tsx',
  'components/page/poll-menu-items.tsx',
  'app/shell/header-menus.tsx',
].map(source)
/** Pages and tabs are all called page.tsx and tab.tsx: their files are named after their folders, so that a failed one can be told. */
export function chunkName({
  name,
  facadeModuleId,
}: {
  name: string
  facadeModuleId?: string | null
}): string {
  const [, folder, file] =
    /\/([^/]+)\/(page|tab)\.tsx$/.exec(facadeModuleId?.replaceAll('\\', '/') ?? '') ?? []
  return folder === undefined ? name : `${folder}-${file}`
}

/** The index of a package imports these, of which the first view needs other parts. */
const OF_OTHER_PAGES = /\/(?:queriesObserver|useQueries|infiniteQueryObserver|useInfiniteQuery)\.js$/

/**
 * The first view is three chunks, instead of dozens that each pair of pages shares: `start` fetches the list, `vendor` has the packages,
 * `app` our own code. What signing in needs besides is `fields`, and what clicks on the list need is `lazy`. Each holds what its modules
 * import statically.
 */
export const chunkGroups = [
  {
    name: (id: string, graph: Graph): string | null => {
      if ([START, APP, SIGN_IN].includes(id) || OF_OTHER_PAGES.test(id)) return null
      if (imports(START, graph).has(id)) return 'start'
      if (imports(APP, graph).has(id)) return id.includes('/node_modules/') ? 'vendor' : 'app'
      if (imports(SIGN_IN, graph).has(id)) return 'fields'
      return LAZY.some((root) => imports(root, graph).has(id)) ? 'lazy' : null
    },
    debugName: 'first view',
    priority: 1,
  },
  {
    name: 'pieces',
    test: /\/src\/(?:api|actions|components|features|lib|operations|ui\/(?!dialog))\//,
    minShareCount: 3,
  },
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
