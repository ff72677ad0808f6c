import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Manifest } from 'vite'
import { ROOT } from '../tools/root.ts'

const manifest = () =>
  JSON.parse(readFileSync(path.join(ROOT, 'dist/.vite/manifest.json'), 'utf8')) as Manifest

/**
 * The file that the build has made of a module, below dist.
 * @throws when there is none: the module was renamed, or is not loaded lazily
 */
export function builtFile(module: string): string {
  const file = manifest()[module]?.file
  if (file === undefined) throw new Error(`The build has no file for ${module}.`)
  return file
}

/** The files of some modules, with those of all that they import statically. */
export function scriptsOf(modules: readonly string[]): string[] {
  const chunks = manifest()
  const found = new Set(modules)
  // A set that grows is walked to its end.
  for (const module of found) for (const imported of chunks[module]?.imports ?? []) found.add(imported)
  return [...found].map(builtFile)
}
