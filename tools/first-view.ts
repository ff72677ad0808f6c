import { existsSync } from 'node:fs'
import path from 'node:path'
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'
import { ROOT } from './root.ts'

/** The chunks of the first view, the list with a remembered session, and how a browser comes by them early. */
export function firstView(): Plugin {
  return {
    name: 'first-view',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: { groups: [firstViewChunks, sharedPieces], includeDependenciesRecursively: false },
            chunkFileNames: (chunk) => `assets/${chunkName(chunk)}-[hash].js`,
          },
        },
      },
    }),
    transformIndexHtml: { order: 'post', handler: (html, { bundle = {} }) => preloadApp(html, bundle) },
  }
}

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

/** The id of a module that is named here. Throws when it has moved: a name that matches nothing would go unnoticed. */
function source(module: string): string {
  const file = path.join(ROOT, 'src', module)
  if (!existsSync(file)) throw new Error(`tools/first-view.ts names src/${module}, which does not exist.`)
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

/** The index of a package imports these, of which the first view needs other parts. */
const OF_OTHER_PAGES = /\/(?:queriesObserver|useQueries|infiniteQueryObserver|useInfiniteQuery)\.js$/

/**
 * The first view is three chunks, instead of dozens that each pair of pages shares: `start` fetches the list, `vendor` has the packages,
 * `app` our own code. What signing in needs besides is `fields`, and what clicks on the list need is `lazy`. Each holds what its modules
 * import statically. Without it the first row comes a third later.
 */
const firstViewChunks = { name: chunkOf, debugName: 'first view', priority: 1 }

/**
 * The chunk of the first view that a module belongs to, or null.
 * @throws for a module of a page, which would be loaded by all who only want the list
 */
export function chunkOf(id: string, graph: Graph): string | null {
  if ([START, APP, SIGN_IN].includes(id) || OF_OTHER_PAGES.test(id)) return null
  const inStart = imports(START, graph).has(id)
  if (inStart || imports(APP, graph).has(id)) {
    if (isOfPage(id))
      throw new Error(
        `${id} is part of a page, but the first view imports it statically. Import it lazily, or move it out of the page's folder.`,
      )
    if (inStart) return 'start'
    return id.includes('/node_modules/') ? 'vendor' : 'app'
  }
  if (imports(SIGN_IN, graph).has(id)) return 'fields'
  return LAZY.some((root) => imports(root, graph).has(id)) ? 'lazy' : null
}

/** Whether a module is in the folder of a page: a folder of features that has a page.tsx. */
function isOfPage(id: string): boolean {
  const [folder] = /^.*\/src\/features\/[^/]+\//.exec(id) ?? []
  return folder !== undefined && existsSync(`${folder}page.tsx`)
}

const known = new WeakMap<Graph, Map<string, Set<string>>>()

/** All that a module imports statically, directly or not; the module itself, too. */
function imports(root: string, graph: Graph): Set<string> {
  const ofGraph = known.get(graph) ?? new Map<string, Set<string>>()
  known.set(graph, ofGraph)
  const before = ofGraph.get(root)
  if (before) return before
  const found = new Set([root])
  // A set that grows is walked to its end.
  for (const id of found)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
  ofGraph.set(root, found)
  return found
}

/** What three chunks or more share beside the first view is one chunk, instead of one for each set of them. */
const sharedPieces = {
  name: 'pieces',
  test: /\/src\/(?:api|actions|components|features|lib|operations|ui\/(?!dialog))\//,
  minShareCount: 3,
}

/** Pages and tabs are all called page.tsx and tab.tsx: their files are named after their folders, so that a failed one can be told. */
function chunkName({ name, facadeModuleId }: Rolldown.PreRenderedChunk): string {
  const [, folder, file] =
    /\/([^/]+)\/(page|tab)\.tsx$/.exec(facadeModuleId?.replaceAll('\\', '/') ?? '') ?? []
  return folder === undefined ? name : `${folder}-${file}`
}

/**
 * Names the files of the app in the page. main.tsx imports them dynamically; named here, they are requested together with it, not after it:
 * the first row comes 13 % sooner on a line of 40 ms.
 */
function preloadApp(html: string, bundle: Rolldown.OutputBundle): HtmlTagDescriptor[] {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const app = chunks.find(({ facadeModuleId }) => facadeModuleId?.replaceAll('\\', '/') === APP)
  if (!app) throw new Error(`The build has no file for ${APP}.`)
  const files = new Set([app.fileName])
  // A set that grows is walked to its end.
  for (const file of files) {
    for (const imported of chunks.find(({ fileName }) => fileName === file)?.imports ?? [])
      files.add(imported)
  }
  return [...files]
    .filter((file) => !html.includes(`"/${file}"`))
    .map((file) => ({
      tag: 'link',
      attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
      injectTo: 'head',
    }))
}
