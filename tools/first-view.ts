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
 * The pages in the first view that do not belong there, though they should be loaded when they are gone to.
 * @param allowed the modules that belong there; what stands in a folder of the same name is part of them
 */
export function strayPages(scripts: Set<string>, list: ModuleList, allowed: readonly string[]): string[] {
  const belongs = (module: string) =>
    allowed.some((page) => module === page || module.startsWith(`${page.replace(/\.tsx?$/, '')}/`))
  return [...scripts]
    .flatMap((script) => list[script] ?? [])
    .filter((module) => module.startsWith('src/routes/') && !belongs(module))
}

function attributeValues(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].flatMap(([, value]) => value ?? [])
}
