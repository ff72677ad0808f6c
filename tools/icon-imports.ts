import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Plugin } from 'vite'

const PACKAGE = 'lucide-react'
const NAMED = /import \{([^}]*)\} from 'lucide-react'/g

/**
 * Imports each icon from its own file. Through the package's index every page would seem to need the icons of all pages, and
 * those would come with the first view.
 */
export function iconImports(): Plugin {
  let files: Map<string, string> | null = null
  return {
    name: 'icon-imports',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/.*\.tsx?$/, code: PACKAGE },
      handler(code) {
        files ??= iconFiles()
        return { code: directIcons(code, files), map: null }
      },
    },
  }
}

/**
 * Takes a module's code and the file of each icon's name; returns the code with one import an icon, on the lines that it had.
 * @throws for a name that the package does not have
 */
export function directIcons(code: string, files: ReadonlyMap<string, string>): string {
  return code.replaceAll(NAMED, (whole, names: string) => {
    const imports = names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => {
        const [icon = '', local = icon] = name.split(/\s+as\s+/)
        const file = files.get(icon)
        if (file === undefined) throw new Error(`${PACKAGE} has no icon ${icon}.`)
        return `import ${local} from '${PACKAGE}/icons/${file}'`
      })
    return imports.join('; ') + '\n'.repeat(whole.split('\n').length - 1)
  })
}

/** Which file has the icon of which name: as the package's index says. */
function iconFiles(): Map<string, string> {
  const main = createRequire(import.meta.url).resolve(PACKAGE)
  const index = readFileSync(path.join(path.dirname(main), `../esm/${PACKAGE}.mjs`), 'utf8')
  return new Map(
    [...index.matchAll(/^export \{(.*)\} from '\.\/icons\/([\w-]+)\.mjs';$/gm)].flatMap(
      ([, names = '', file = '']) =>
        [...names.matchAll(/default as (\w+)/g)].map(([, name = '']): [string, string] => [name, file]),
    ),
  )
}
