import path from 'node:path'

/** The folder of the repository. */
export const ROOT = path.resolve(import.meta.dirname, '..')

/** The test runs write their reports here, for tools/summary.ts. */
export const REPORTS = path.join(ROOT, 'node_modules/.cache/bigv-dashboard')
