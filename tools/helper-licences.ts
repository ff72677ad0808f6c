import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { ROOT } from './root.ts'

/** Whose code is in the build without being a module of it: the style sheet's base, the preload helper, the modules' runtime. */
const HELPERS = { tailwindcss: 'LICENSE', vite: 'LICENSE.md', rolldown: 'LICENSE' }
/** Where a licence goes on with those of what the tool itself is made of, none of which ships. */
const OF_OTHERS = /^# Licenses of bundled dependencies/m

/** Adds to Vite's own list of licences (build.license), which has the packages of the modules, the helpers of its tools. */
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
  return `## ${name} - ${version} (${license})\n\n${read(file).split(OF_OTHERS)[0]?.trim()}\n`
}
