import path from 'node:path'
import type { Plugin } from 'vite'

/** Where a build says of which modules each of its files is; beside the manifest. */
export const MODULE_LIST_FILE = '.vite/modules.json'

/** The modules of each file of a build, as paths from the repository. */
export type ModuleList = Record<string, string[]>

/**
 * Adds to a build the list of what went into it. The manifest names only the modules that are entries of a file; one
 * that was pulled into another's file, or should not be there at all, is seen in this list only.
 */
export function moduleList(): Plugin {
  let root = ''
  return {
    name: 'module-list',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    generateBundle(_options, bundle) {
      const list: ModuleList = {}
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue
        list[output.fileName] = output.moduleIds.map((id) =>
          path.isAbsolute(id) ? path.relative(root, id).replaceAll('\\', '/') : id,
        )
      }
      this.emitFile({ type: 'asset', fileName: MODULE_LIST_FILE, source: JSON.stringify(list) })
    },
  }
}
