import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sourceHash } from './source-hash.ts'

let root: string
const at = (file: string) => path.join(root, file)

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'bigv-sources-'))
  mkdirSync(at('src/routes'), { recursive: true })
  mkdirSync(at('public'))
  const files = ['index.html', 'vite.config.ts', 'tsconfig.json', 'package-lock.json', 'public/icon.svg']
  for (const file of [...files, 'src/main.tsx', 'src/routes/vm.tsx', 'src/main.test.ts']) {
    writeFileSync(at(file), file)
  }
})
afterEach(() => rmSync(root, { recursive: true }))

test('the hash of the sources is the same when only times and tests change', () => {
  const before = sourceHash(root)
  utimesSync(at('src/main.tsx'), 0, 0)
  writeFileSync(at('src/main.test.ts'), 'changed')
  expect(sourceHash(root)).toBe(before)
})

test.each<[string, () => void]>([
  ['a source is changed', () => writeFileSync(at('src/routes/vm.tsx'), 'changed')],
  ['a source is added', () => writeFileSync(at('src/routes/new.tsx'), '')],
  ['a source is removed', () => rmSync(at('src/routes/vm.tsx'))],
  ['a source is renamed', () => renameSync(at('src/routes/vm.tsx'), at('src/routes/machine.tsx'))],
  ['a public file is changed', () => writeFileSync(at('public/icon.svg'), 'changed')],
  ['the page is changed', () => writeFileSync(at('index.html'), 'changed')],
  ['a package is updated', () => writeFileSync(at('package-lock.json'), 'changed')],
])('the hash of the sources is another when %s', (_, change) => {
  const before = sourceHash(root)
  change()
  expect(sourceHash(root)).not.toBe(before)
})
