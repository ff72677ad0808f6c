import type { Manifest } from 'vite'
import type { ModuleList } from './module-list.ts'

/** What a page loads: the names of files in dist. */
export type LoadedFiles = { scripts: Set<string>; styles: Set<string> }

/**
 * The files that a browser loads for some pages: what the HTML names, and each module with all that it imports
 * statically.
 * @param html the built index.html
 * @param modules the modules of the pages, as the manifest names them
 * @throws when the manifest does not know a module: it was renamed, or is not loaded lazily and has no file of its own
 */
export function loadedFiles(html: string, manifest: Manifest, modules: readonly string[]): LoadedFiles {
  const scripts = new Set(attributeValues(html, /<script\b[^>]*?\ssrc="\/([^"]+)"/g))
  const styles = new Set(attributeValues(html, /<link\b[^>]*?\srel="stylesheet"[^>]*?\shref="\/([^"]+)"/g))
  const seen = new Set<string>()

  const add = (key: string, from: string) => {
    if (seen.has(key)) return
    seen.add(key)
    const chunk = manifest[key]
    if (!chunk) throw new Error(`The build has no file for ${key}, which ${from} needs.`)
    scripts.add(chunk.file)
    for (const style of chunk.css ?? []) styles.add(style)
    for (const imported of chunk.imports ?? []) add(imported, key)
  }
  for (const module of modules) add(module, 'the first view')
  return { scripts, styles }
}

/**
 * The modules in the first view that belong to a page that should be loaded when one goes to it.
 * @param pages the folders of those pages; throws when the build has nothing of one, as it was renamed then
 */
export function strayModules(scripts: Set<string>, list: ModuleList, pages: readonly string[]): string[] {
  const built = Object.values(list).flat()
  for (const page of pages) {
    if (!built.some((module) => module.startsWith(page)))
      throw new Error(`The build has no module in ${page}.`)
  }
  return [...scripts]
    .flatMap((script) => list[script] ?? [])
    .filter((module) => pages.some((page) => module.startsWith(page)))
}

function attributeValues(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].flatMap(([, value]) => value ?? [])
}
