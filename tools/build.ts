import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'vite'
import { STAMP_FILE } from './build-stamp.ts'
import { sourceHash } from './source-hash.ts'

/**
 * Builds the dashboard into dist, unless the build there is of the same sources.
 * @param root the folder of the repository
 * @param say told when it builds, which takes a while
 * @throws what Vite's build throws
 */
export async function buildIfStale(root: string, say: (line: string) => void): Promise<void> {
  const stamp = path.join(root, 'dist', STAMP_FILE)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash(root)) return
  say('Building …')
  await build({ root, logLevel: 'warn' })
}
