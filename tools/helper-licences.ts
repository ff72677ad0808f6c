import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { ROOT } from './root.ts'

/** These tools add code to the build that belongs to no module: the base styles, the preload helper and the module runtime. */
const HELPERS = { tailwindcss: 'LICENSE', vite: 'LICENSE.md', rolldown: 'LICENSE' }
/** After this heading, a licence file lists the packages that the tool itself contains. They aren't in the build. */
const OTHER_LICENCES = /^# Licenses of bundled dependencies/m

/**
 * Adds the licences of the tools' helper code to Vite's list (build.license), which covers only packages whose modules are
 * in the build.
 */
export function helperLicences(fileName: string): Plugin {
  return {
    name: 'helper-licences',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const list = bundle[fileName]
        if (list?.type !== 'asset') throw new Error(`The build has no ${fileName}.`)
        list.source = [String(list.source), ...Object.entries(HELPERS).map(section)].join('\n')
      },
    },
  }
}

function section([name, file]: [string, string]): string {
  const read = (file: string) => readFileSync(path.join(ROOT, 'node_modules', name, file), 'utf8')
  const { version, license } = JSON.parse(read('package.json')) as { version: string; license: string }
  return `## ${name} - ${version} (${license})\n\n${read(file).split(OTHER_LICENCES)[0]?.trim()}\n`
}
