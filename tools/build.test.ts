import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildIfStale } from './build.ts'

let root: string
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

/** A repository as small as can be, with the plugin that stamps its builds. */
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'bigv-build-'))
  const stamp = path.join(import.meta.dirname, 'build-stamp.ts')
  write('package.json', '{ "type": "module" }')
  write('vite.config.ts', `import { buildStamp } from '${stamp}'\nexport default { plugins: [buildStamp()] }`)
  write('index.html', '<script type="module" src="/src/main.tsx"></script>')
  write('src/main.tsx', 'console.log(1)')
  write('public/icon.svg', '')
  write('tsconfig.json', '{}')
  write('package-lock.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true }))

test('the dashboard is built when there is no build, or one of other sources, and said so', async () => {
  const said: string[] = []
  const build = () => buildIfStale(root, (line) => said.push(line))
  const page = path.join(root, 'dist/index.html')

  await build()
  expect(said).toHaveLength(1)
  expect(existsSync(page)).toBe(true)

  await build()
  expect(said).toHaveLength(1)

  write('src/main.tsx', 'console.log(2)')
  await build()
  expect(said).toHaveLength(2)

  rmSync(path.join(root, 'dist'), { recursive: true })
  await build()
  expect(said).toHaveLength(3)
  expect(existsSync(page)).toBe(true)
})
