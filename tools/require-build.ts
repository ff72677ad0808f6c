import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { StartError } from './start-error.ts'

/** Stops `vite preview` when there is nothing to serve: Vite's own check is off as soon as a plugin adds a middleware. */
export function requireBuild(): Plugin {
  return {
    name: 'require-build',
    configurePreviewServer({ config }) {
      const page = path.resolve(config.root, config.build.outDir, 'index.html')
      if (!existsSync(page)) throw new StartError(`There is no ${page}. Run "npm run build" first.`)
    },
  }
}
