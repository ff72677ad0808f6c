import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from './root.ts'

// ARCHITECTURE.md: a folder imports only what stands below it. The linter says so where it is broken (.oxlintrc.json); this sees
// that its rules leave no folder out, and that no file is part of an import circle, types included.

const LAYERS = ['app', 'features', 'components', 'operations', 'actions', 'api', 'session', 'ui', 'lib']
const SRC = path.join(ROOT, 'src')

interface Override {
  files: string[]
}

const lint = readFileSync(path.join(ROOT, '.oxlintrc.json'), 'utf8').replaceAll(/^\s*\/\/.*$/gm, '')
const ruled = (JSON.parse(lint) as { overrides: Override[] }).overrides.flatMap(({ files }) => files)

const foldersIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

/** The files of src without tests, each with the files that it imports, types included. */
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
  test('each have their place in the order, and a rule of the linter', () => {
    expect(
      foldersIn(SRC)
        .filter((name) => name !== 'testing')
        .toSorted(),
    ).toEqual(LAYERS.toSorted())
    for (const layer of LAYERS) expect(ruled).toContain(`src/${layer}/**`)
  })

  test('the pages are ruled as such: whatever has a page.tsx imports no other page', () => {
    const pages = foldersIn(path.join(SRC, 'features')).filter((name) =>
      [...graph.keys()].some(
        (file) => file.startsWith(path.join(SRC, 'features', name, path.sep)) && file.endsWith('page.tsx'),
      ),
    )
    expect(pages.length).toBeGreaterThan(5)
    for (const page of pages) expect(ruled).toContain(`src/features/${page}/**`)
  })

  test('import each icon from its own file: by way of the index, the first view would load those of all pages', () => {
    const ofIndex = [...graph.keys()].filter((file) =>
      /^import (?!type ).*'lucide-react'$/m.test(readFileSync(file, 'utf8')),
    )
    expect(ofIndex).toEqual([])
  })

  test('have no file that imports itself by way of others', () => {
    expect(graph.size).toBeGreaterThan(100)
    expect(circleIn(graph)).toEqual([])
  })

  test('a circle would be found', () => {
    expect(
      circleIn(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
        ]),
      ),
    ).toEqual(['a', 'b', 'c', 'a'])
  })
})

/** The first circle of imports, as a path that ends where it begins; empty where there is none. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const walk = (file: string, way: readonly string[]): string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    if (done.has(file)) return []
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...way, file])
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
