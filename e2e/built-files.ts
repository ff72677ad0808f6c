import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Manifest } from 'vite'
import { ROOT } from '../tools/root.ts'

const manifest = () =>
  JSON.parse(readFileSync(path.join(ROOT, 'dist/.vite/manifest.json'), 'utf8')) as Manifest

/**
 * The built file of a module, relative to dist.
 * @throws if there is none: the module was renamed, or isn't loaded lazily
 */
export function builtFile(module: string): string {
  const file = manifest()[module]?.file
  if (file === undefined) throw new Error(`The build has no file for ${module}.`)
  return file
}

/** The built files of some modules and of everything they import statically. */
export function scriptsOf(modules: readonly string[]): string[] {
  const chunks = manifest()
  const found = new Set(modules)
  // The loop also visits what it adds to the set.
  for (const module of found) for (const imported of chunks[module]?.imports ?? []) found.add(imported)
  return [...found].map(builtFile)
}
