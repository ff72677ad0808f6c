import type { Plugin } from 'vite'
import { sourceHash } from './source-hash.ts'

/** Where a build says of which sources it is; beside the manifest. */
export const STAMP_FILE = '.vite/sources'

/** Stamps a build with the hash of its sources, taken before it: what is changed meanwhile makes it stale. */
export function buildStamp(): Plugin {
  let root = ''
  let hash = ''
  return {
    name: 'build-stamp',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    buildStart() {
      hash = sourceHash(root)
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: STAMP_FILE, source: hash })
    },
  }
}
