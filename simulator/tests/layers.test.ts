import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** The order of the simulator's folders and files (README.md): each imports only from itself and the entries above it. */
const LAYERS = [
  'rules',
  'state',
  'access',
  'machine',
  'bigv.ts',
  'http',
  'resources',
  'routes.ts',
  'fleet',
  'control',
  'server.ts',
  'settings.ts',
  'main.ts',
]

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/\.test\.ts$|^(?:tests|conformance)\b/.test(file),
)

/** The simulator's files that a file imports, including types. */
const importsOf = (file: string): string[] =>
  [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].map(
    ([, to = '']) => path.join(path.dirname(file), to),
  )

const layerOf = (file: string): number => LAYERS.indexOf(file.split(path.sep)[0] ?? '')

/**
 * The files in import circles, and the files that import them. Repeatedly removes files without remaining imports; the rest
 * are returned.
 */
const filesInCircles = (imports: ReadonlyMap<string, readonly string[]>): string[] => {
  const left = new Map(imports)
  for (const before = { size: -1 }; before.size !== left.size;) {
    before.size = left.size
    for (const [file, to] of left) if (!to.some((other) => left.has(other))) left.delete(file)
  }
  return [...left.keys()]
}

test('every file of the simulator has a place in the import order', () => {
  expect(files.length).toBeGreaterThan(30)
  expect(files.filter((file) => layerOf(file) < 0)).toEqual([])
})

test('no file of the simulator imports one that comes later in the import order', () => {
  const upward = files.flatMap((file) =>
    importsOf(file).flatMap((to) => (layerOf(to) > layerOf(file) ? [`${file} → ${to}`] : [])),
  )
  expect(upward).toEqual([])
})

test('the simulator has no import circles, including types', () => {
  expect(filesInCircles(new Map(files.map((file) => [file, importsOf(file)])))).toEqual([])
  const circle = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ])
  expect(filesInCircles(circle)).toEqual(['a', 'b', 'c'])
})
