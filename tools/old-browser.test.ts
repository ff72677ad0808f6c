import compatibility, { type CompatStatement, type Identifier } from '@mdn/browser-compat-data'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { ROOT } from './root.ts'

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const OLDEST = new Map(manifest.browserslist.map((browser) => browser.split(' >= ') as ['chrome', string]))

/** The first version of each browser that has a function such as URL.canParse, according to MDN's data. */
function firstVersions(owner: string, name: string): (string | undefined)[] {
  const feature = compatibility.api[owner]?.[`${name}_static`] as Identifier
  const { support } = feature.__compat as CompatStatement
  return [...OLDEST.keys()].map((browser) => {
    const entry = [support[browser]].flat()[0]
    return String(entry?.version_added)
  })
}

test('public/old-browser.js accepts exactly the browsers of package.json', () => {
  const functions = [...read('public/old-browser.js').matchAll(/\b([A-Z]\w+)\.(\w+)(?: &&)? \/\//g)]
  const versions = functions.map(([, owner = '', name = '']) => firstVersions(owner, name).map(Number))
  expect(versions.length).toBeGreaterThan(1)
  const newest = [...OLDEST.keys()].map((_, at) => Math.max(...versions.map((each) => each[at]!)))
  expect(newest).toEqual([...OLDEST.values()].map(Number))
})

test.each([
  ['README.md', 'Chrome or Edge X, Firefox X, and Safari X'],
  ['docs/operations.md', 'Chrome or Edge X, Firefox X, and Safari X'],
  ['index.html', 'Chrome or Edge X, Firefox X, Safari X'],
])('%s names the same oldest browsers as package.json', (file, words) => {
  const sentence = [...OLDEST.values()].reduce((text, version) => text.replace('X', version), words)
  expect(read(file).replaceAll(/\s+/g, ' ')).toContain(sentence)
})
