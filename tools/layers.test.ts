import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from './root.ts'

// A folder imports only from folders below it (ARCHITECTURE.md). The linter checks that (.oxlintrc.json). These tests check that its rules
// cover every folder, and that no import circles exist, including types.

const LAYERS = ['app', 'features', 'components', 'operations', 'actions', 'api', 'session', 'ui', 'lib']
const SRC = path.join(ROOT, 'src')

interface Override {
  files: string[]
}

const lint = readFileSync(path.join(ROOT, '.oxlintrc.json'), 'utf8').replaceAll(/^\s*\/\/.*$/gm, '')
const filesWithRules = (JSON.parse(lint) as { overrides: Override[] }).overrides.flatMap(({ files }) => files)

const foldersIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

/** The files of src, without tests, each with its imports, including types. */
const graph = new Map(
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|testing/.test(file))
    .map((file) => [path.join(SRC, file), importsOf(path.join(SRC, file))]),
)

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const found = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)]
  return found.map(([, to = '']) => path.resolve(path.dirname(file), to))
}

describe('the folders of src', () => {
  test('each have a place in the import order, and a lint rule', () => {
    expect(
      foldersIn(SRC)
        .filter((name) => name !== 'testing')
        .toSorted(),
    ).toEqual(LAYERS.toSorted())
    for (const layer of LAYERS) expect(filesWithRules).toContain(`src/${layer}/**`)
  })

  test('have a lint rule for each page, so that no page imports another', () => {
    const pages = foldersIn(path.join(SRC, 'features')).filter((name) =>
      [...graph.keys()].some(
        (file) => file.startsWith(path.join(SRC, 'features', name, path.sep)) && file.endsWith('page.tsx'),
      ),
    )
    expect(pages.length).toBeGreaterThan(5)
    for (const page of pages) expect(filesWithRules).toContain(`src/features/${page}/**`)
  })

  // Imports from lucide-react's index would make the first view load the icons of all pages.
  test('import each icon from its own file', () => {
    const ofIndex = [...graph.keys()].filter((file) =>
      /^import (?!type ).*'lucide-react'$/m.test(readFileSync(file, 'utf8')),
    )
    expect(ofIndex).toEqual([])
  })

  test('have no import circles', () => {
    expect(graph.size).toBeGreaterThan(100)
    expect(importCircle(graph)).toEqual([])
  })

  test('are reported if they have an import circle', () => {
    expect(
      importCircle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
        ]),
      ),
    ).toEqual(['a', 'b', 'c', 'a'])
  })
})

/** The first import circle, as a path that ends where it begins; empty if there is none. */
function importCircle(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const walk = (file: string, trail: readonly string[]): string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file]
    if (done.has(file)) return []
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...trail, file])
      if (circle.length > 0) return circle
    }
    done.add(file)
    return []
  }
  for (const file of imports.keys()) {
    const circle = walk(file, [])
    if (circle.length > 0) return circle
  }
  return []
}
