import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './root.ts'

const DOCS = readdirSync(path.join(ROOT, 'docs')).flatMap((name) =>
  name.endsWith('.md') ? [`docs/${name}`] : [],
)
const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'simulator/README.md', ...DOCS]
const read = (page: string) => readFileSync(path.join(ROOT, page), 'utf8')
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)

const OWN_PATH = /`((?:src|simulator|e2e|tools|deploy|docs|public)\/[^`\s#]*)[^`\s]*`/g
const LINK = /\]\((?!https?:)([^)#]+)[^)]*\)/g
const PICTURE = /(?:src|srcset)="([^"]+)"/g

const relativeTo = (page: string, files: string[]) => files.map((file) => path.join(path.dirname(page), file))

test.each(PAGES)('%s names and links only existing files', (page) => {
  const named = all(read(page), OWN_PATH)
  const linked = [LINK, PICTURE].flatMap((pattern) => relativeTo(page, all(read(page), pattern)))
  expect([...named, ...linked].filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([])
})

test('a document shows every picture', () => {
  const shown = new Set(PAGES.flatMap((page) => relativeTo(page, all(read(page), PICTURE))))
  const pictures = readdirSync(path.join(ROOT, 'docs/pictures')).map((name) => `docs/pictures/${name}`)
  expect(pictures.filter((picture) => !shown.has(picture))).toEqual([])
})

test('the code cites only existing sections of docs/bigv-api.md', () => {
  const anchors = new Set(
    all(read('docs/bigv-api.md'), /^#+ (.+)$/gm).map((title) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  )
  const files = ['src', 'simulator', 'e2e', 'tools', 'deploy'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => `${folder}/${file}`),
  )
  const cited = [...files, ...PAGES].flatMap((file) => all(read(file), /bigv-api\.md#([\w-]+)/g))
  expect(cited.length).toBeGreaterThan(20)
  expect([...new Set(cited)].filter((anchor) => !anchors.has(anchor))).toEqual([])
})

test('docs/security.md names a test for every defence', () => {
  const defences = read('docs/security.md')
    .replaceAll(/\n +/g, ' ') // joins wrapped lines
    .split('\n')
    .filter((line) => line.startsWith('- '))
  expect(defences.length).toBeGreaterThan(40)
  expect(
    defences.filter((line) => !/ → `[^`]+\.(?:test|spec)\.ts`(?:, `[^`]+\.(?:test|spec)\.ts`)*$/.test(line)),
  ).toEqual([])
})
