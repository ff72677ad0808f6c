import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Manifest } from 'vite'
import { loadedFiles, strayModules, type LoadedFiles } from './first-view.ts'
import { MODULE_LIST_FILE, type ModuleList } from './module-list.ts'
import { ROOT } from './run.ts'

// What a user in a hurry waits for. That the lists are whole is shown by budget.spec.ts.
const LIST = ['index.html', 'src/app/app.tsx']
const VIEWS = [
  { name: 'the list, with a remembered session', modules: LIST, scripts: 185_000 },
  { name: 'signing in', modules: [...LIST, 'src/features/sign-in/page.tsx'], scripts: 185_000 },
]
/** Gzipped, in bytes, as those above. */
const STYLES = 15_000
/** Pages that are loaded when one goes to them. */
const PAGES = ['access', 'account', 'activity', 'create', 'machine', 'platform', 'sign-in', 'ssh-keys'].map(
  (page) => `src/features/${page}/`,
)

const DIST = path.join(ROOT, 'dist')

/**
 * Checks the build in dist against the byte budget, and prints what the first view loads.
 * @returns what is wrong, nothing when it fits
 */
export function checkBudget(): string[] {
  const modules = JSON.parse(read(MODULE_LIST_FILE)) as ModuleList
  const list = filesOf(LIST)
  return [
    ...VIEWS.flatMap(({ name, modules, scripts }) =>
      over(`JavaScript for ${name}`, filesOf(modules).scripts, scripts),
    ),
    ...over('CSS', list.styles, STYLES),
    ...strayModules(list.scripts, modules, PAGES).map(
      (page) => `${page} is loaded with the first view; it should be loaded lazily.`,
    ),
  ]
}

/** The files of the first view, the list with a remembered session, as the manifest has them. */
export function firstView(): LoadedFiles {
  return filesOf(LIST)
}

function filesOf(modules: readonly string[]): LoadedFiles {
  const manifest = JSON.parse(read('.vite/manifest.json')) as Manifest
  return loadedFiles(read('index.html'), manifest, modules)
}

function over(kind: string, files: Set<string>, limit: number): string[] {
  const sizes = [...files].map((file) => ({ file, bytes: gzipSync(read(file)).length }))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { file, bytes } of sizes.sort((a, b) => b.bytes - a.bytes)) console.log(line(file, bytes))
  console.log(line(`${kind}, of at most ${kilobytes(limit)}`, total))
  return total > limit
    ? [`The first view loads ${kilobytes(total)} of ${kind}: more than ${kilobytes(limit)}.`]
    : []
}

function line(label: string, bytes: number): string {
  return `${kilobytes(bytes).padStart(9)}  ${label}`
}

/** A kilobyte has 1000 bytes here, as Vite's own report has it. */
function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}

function read(file: string): string {
  return readFileSync(path.join(DIST, file), 'utf8')
}
