import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { licenceOf, packageFolders } from './licences.ts'
import { ROOT } from './run.ts'

test('a build is of the packages of its modules, the helpers of its tools, and what its style sheets say', () => {
  const modules = [
    '/r/src/main.tsx',
    '/r/node_modules/react/index.js',
    '/r/node_modules/react/cjs/react.js',
    '/r/node_modules/a/node_modules/@b/c/index.js?commonjs',
    'C:\\r\\node_modules\\ky\\index.js',
    '\0vite/preload-helper.js',
  ]
  expect(packageFolders(modules, ['/*! tailwindcss v4.3.3 | MIT */ p{}'], '/r')).toEqual([
    '/r/node_modules/a/node_modules/@b/c',
    'C:/r/node_modules/ky',
    '/r/node_modules/react',
    '/r/node_modules/tailwindcss',
    '/r/node_modules/vite',
  ])
})

test('a licence is named and quoted, and a package without one is not shipped', () => {
  expect(licenceOf(path.join(ROOT, 'node_modules/react'))).toMatch(/^react 19\.\S+: MIT\n\nMIT License\n/)
  const folder = mkdtempSync(path.join(tmpdir(), 'bigv-package-'))
  writeFileSync(path.join(folder, 'package.json'), '{"name":"bare","version":"1.0.0","license":"MIT"}')
  expect(() => licenceOf(folder)).toThrow('The licence of bare is not known')
})
