import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Manifest } from 'vite'
import { loadedFiles, strayPages, type LoadedFiles } from './first-view.ts'
import { MODULE_LIST_FILE, type ModuleList } from './module-list.ts'
import { ROOT } from './run.ts'

// The first view, from signing in to the list, is what a user in a hurry waits for. That the list is whole is shown by
// budget.spec.ts.
const FIRST_VIEW = [
  'index.html',
  'src/routes/sign-in.tsx',
  'src/routes/home.tsx', // "/", which leads on to the list
  'src/routes/virtual-machines.tsx',
]
/** What of src/routes may be in it besides these: the frame of all pages. */
const FRAME: string[] = []
/** Gzipped, in bytes. */
const LIMITS = { scripts: 190_000, styles: 15_000 }

const DIST = path.join(ROOT, 'dist')

/**
 * Checks the build in dist against the byte budget, and prints what the first view loads.
 * @returns what is wrong, nothing when it fits
 */
export function checkBudget(): string[] {
  const modules = JSON.parse(read(MODULE_LIST_FILE)) as ModuleList
  const loaded = firstView()
  return [
    ...over('JavaScript', loaded.scripts, LIMITS.scripts),
    ...over('CSS', loaded.styles, LIMITS.styles),
    ...strayPages(loaded.scripts, modules, [...FIRST_VIEW, ...FRAME]).map(
      (page) => `${page} is loaded with the first view; it should be loaded lazily.`,
    ),
  ]
}

/** The files of the first view, as the manifest has them. */
export function firstView(): LoadedFiles {
  const manifest = JSON.parse(read('.vite/manifest.json')) as Manifest
  return loadedFiles(read('index.html'), manifest, FIRST_VIEW)
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
