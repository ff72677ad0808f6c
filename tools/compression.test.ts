import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compressFiles } from './compression.ts'

const LONG = 'export const a = 1\n'.repeat(100)

function folder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bigv-pack-'))
  for (const name of ['assets', '.vite']) mkdirSync(path.join(folder, name))
  const files = {
    'index.html': LONG,
    'small.js': 'a',
    'icon.png': LONG,
    'assets/app.js': LONG,
    '.vite/manifest.json': LONG,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  return folder
}

test('compressFiles compresses all text files but small ones, with the same result each time', async () => {
  const [first, second] = [folder(), folder()]
  await compressFiles(first)
  await compressFiles(second)
  const compressed = (readdirSync(first, { recursive: true }) as string[]).filter((name) =>
    /\.(?:gz|br)$/.test(name),
  )
  expect(compressed.sort()).toEqual([
    'assets/app.js.br',
    'assets/app.js.gz',
    'index.html.br',
    'index.html.gz',
  ])
  for (const name of compressed) {
    const bytes = readFileSync(path.join(first, name))
    expect(String(name.endsWith('.gz') ? gunzipSync(bytes) : brotliDecompressSync(bytes))).toBe(LONG)
    expect(bytes.equals(readFileSync(path.join(second, name)))).toBe(true)
  }
})
