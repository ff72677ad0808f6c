import { existsSync } from 'node:fs'
import path from 'node:path'
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'
import { ROOT } from './root.ts'

/** Creates the chunks of the first view (the list, while signed in), and makes browsers request them early. */
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
        // By default, Vite's list of a chunk's files lacks the chunk itself.
        modulePreload: {
          resolveDependencies: (chunk, imported, { hostType }) =>
            hostType === 'js' ? [...new Set([chunk, ...imported])] : imported,
        },
      },
    }),
    load: (id) => (id === PRELOAD_HELPER ? OWN_HELPER : null),
    transformIndexHtml: { order: 'post', handler: (html, { bundle = {} }) => preloadApp(html, bundle) },
  }
}

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

/**
 * The id of a module named in this file. Throws if the file has moved, since nobody would notice a path that matches no
 * module.
 */
function source(module: string): string {
  const file = path.join(ROOT, 'src', module)
  if (!existsSync(file)) throw new Error(`tools/first-view.ts names src/${module}, which does not exist.`)
  return file.replaceAll('\\', '/')
}

/** Vite's module with the helper around `import()`, and our module in place of it, which explains the reason. */
const PRELOAD_HELPER = '\0vite/preload-helper.js'
const LOAD_CHUNK = source('lib/browser/load-chunk.ts')
const OWN_HELPER = `export { loadChunk as __vitePreload } from ${JSON.stringify(LOAD_CHUNK)}`

const START = source('main.tsx')
const APP = source('app/app.tsx')
const SIGN_IN = source('features/sign-in/page.tsx')
/** The modules that clicks on the list need (ui/lazy.tsx). They load together, as soon as the list is shown. */
const LAZY = [
  'ui/menu/menu-popup.tsx',
  'ui/toast-items.tsx',
  'features/machine-list/view-items.tsx',
  'features/machine-list/search/completion-list.tsx',
  'features/machine-list/search/saved-searches.tsx',
  'features/machine-list/search/search-terms.tsx',
  'features/machine-list/selection-tools.tsx',
  'features/machine-list/table/row-actions.tsx',
  'components/page/poll-menu-items.tsx',
  'app/shell/header-menus.tsx',
].map(source)

/** Modules of TanStack Query that its index imports, but the first view does not need. */
const OF_OTHER_PAGES = /\/(?:queriesObserver|useQueries|infiniteQueryObserver|useInfiniteQuery)\.js$/

/**
 * The first view is three chunks instead of dozens: `start` fetches the list, `vendor` has the packages, `app` our own
 * code. `fields` has the rest of the sign-in page, and `lazy` the modules that clicks on the list need. Each chunk includes
 * all static imports of its modules. Without these chunks, the first row takes a third longer.
 */
const firstViewChunks = { name: chunkOf, debugName: 'first view', priority: 1 }

/**
 * The name of the first view's chunk for this module; null if the module isn't in the first view.
 * @throws if the first view statically imports a module of a page: every user would load it with the list
 */
export function chunkOf(id: string, graph: Graph): string | null {
  if ([START, APP, SIGN_IN].includes(id) || OF_OTHER_PAGES.test(id)) return null
  const inStart = imports(START, graph).has(id)
  if (inStart || imports(APP, graph).has(id)) {
    if (isOfPage(id))
      throw new Error(
        `${id} is part of a page, but the first view imports it statically. ` +
          "Import it lazily, or move it out of the page's folder.",
      )
    if (inStart) return 'start'
    return id.includes('/node_modules/') ? 'vendor' : 'app'
  }
  if (imports(SIGN_IN, graph).has(id)) return 'fields'
  return LAZY.some((root) => imports(root, graph).has(id)) ? 'lazy' : null
}

/** True for a module in the folder of a page: a folder of features with a page.tsx. */
function isOfPage(id: string): boolean {
  const [folder] = /^.*\/src\/features\/[^/]+\//.exec(id) ?? []
  return folder !== undefined && existsSync(`${folder}page.tsx`)
}

const importsByGraph = new WeakMap<Graph, Map<string, Set<string>>>()

/** A module and all its static imports, direct and indirect. */
function imports(root: string, graph: Graph): Set<string> {
  const ofGraph = importsByGraph.get(graph) ?? new Map<string, Set<string>>()
  importsByGraph.set(graph, ofGraph)
  const cached = ofGraph.get(root)
  if (cached) return cached
  const found = new Set([root])
  // The loop also visits the ids added during the loop.
  for (const id of found)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
  ofGraph.set(root, found)
  return found
}

/** A single chunk for all modules that three or more other chunks share, instead of one for each combination of chunks. */
const sharedPieces = {
  name: 'pieces',
  test: /\/src\/(?:api|actions|components|features|lib|operations|ui\/(?!dialog))\//,
  minShareCount: 3,
}

/**
 * Pages and tabs are all called page.tsx and tab.tsx. Each chunk is named after its folder, so that a chunk that failed to
 * load can be identified.
 */
function chunkName({ name, facadeModuleId }: Rolldown.PreRenderedChunk): string {
  const [, folder, file] =
    /\/([^/]+)\/(page|tab)\.tsx$/.exec(facadeModuleId?.replaceAll('\\', '/') ?? '') ?? []
  return folder === undefined ? name : `${folder}-${file}`
}

/**
 * Preloads the app's files in index.html. main.tsx imports them dynamically, so browsers would request them only after main.tsx. With a
 * latency of 40 ms, the first row appears 13 % sooner.
 */
function preloadApp(html: string, bundle: Rolldown.OutputBundle): HtmlTagDescriptor[] {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const app = chunks.find(({ facadeModuleId }) => facadeModuleId?.replaceAll('\\', '/') === APP)
  if (!app) throw new Error(`The build has no file for ${APP}.`)
  const isLoadChunk = (id: string) => id.replaceAll('\\', '/') === LOAD_CHUNK
  if (!chunks.some(({ moduleIds }) => moduleIds.some(isLoadChunk)))
    throw new Error(`Vite's helper is no longer ${PRELOAD_HELPER.slice(1)}, so ${LOAD_CHUNK} was not built.`)
  const styles = Object.keys(bundle).filter((file) => file.endsWith('.css'))
  if (styles.length > 1)
    throw new Error(
      `${LOAD_CHUNK} can't load the CSS of a lazy part: ${styles.join(', ')}. Move it to src/styles.css.`,
    )
  const files = new Set([app.fileName])
  // The loop also visits the files added during the loop.
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
