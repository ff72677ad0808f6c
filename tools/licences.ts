import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

/** Where a build says whose code it holds, and under which licences. */
export const LICENCES_FILE = 'licences.txt'

const MODULES = 'node_modules/'
/** What is in a build without a file of its package: the names of the tools that put it there. */
const HELPERS: [pattern: RegExp, folder: string][] = [
  [/^\0?vite\//, 'vite'],
  [/^\0rolldown\//, 'rolldown'],
]
/** Where the text goes on with the licences of what a tool itself is made of, none of which is in a build. */
const OTHERS = /^# Licenses of bundled dependencies/m
/** A package's own mark in a style sheet. */
const MARK = /\/\*! (tailwindcss) v/g

/**
 * Adds to a build the licences of all packages that have code in it. A package that names no licence, or has no text of it,
 * ends the build: nobody could say whether it may be shipped.
 */
export function licences(): Plugin {
  let root = ''
  return {
    name: 'licences',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    // After Vite's own, which makes the style sheets.
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const outputs = Object.values(bundle)
        const modules = outputs.flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []))
        const styles = outputs.map((output) => (output.type === 'asset' ? String(output.source) : ''))
        const folders = packageFolders(modules, styles, root)
        const source = folders.map(licenceOf).join(`\n\n${'-'.repeat(80)}\n\n`)
        this.emitFile({ type: 'asset', fileName: LICENCES_FILE, source: `${source}\n` })
      },
    },
  }
}

/** The folders of the packages that some modules and style sheets are of, by name, each once. */
export function packageFolders(modules: string[], styles: string[], root: string): string[] {
  const own = modules.flatMap((id) => packageFolder(id.replaceAll('\\', '/')) ?? [])
  const helpers = HELPERS.filter(([pattern]) => modules.some((id) => pattern.test(id))).map(
    ([, name]) => name,
  )
  const marked = styles.flatMap((text) => [...text.matchAll(MARK)].flatMap(([, name]) => name ?? []))
  const named = [...helpers, ...marked].map((name) => path.join(root, MODULES, name).replaceAll('\\', '/'))
  return [...new Set([...own, ...named])].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf(MODULES))
}

function packageFolder(id: string): string | undefined {
  const start = id.lastIndexOf(MODULES)
  return start === -1
    ? undefined
    : id.slice(0, start) + /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.slice(start))?.[0]
}

/**
 * A package's name, version and licence, and the licence's text.
 * @throws when it has none
 */
export function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string
  }
  const file = readdirSync(folder).find((file) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(file))
  if (!license || !file) throw new Error(`The licence of ${name} is not known, and it is in the build.`)
  const [text = ''] = readFileSync(path.join(folder, file), 'utf8').split(OTHERS)
  return `${name} ${version}: ${license}\n\n${text.trim()}`
}
