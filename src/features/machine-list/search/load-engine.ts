import { lazyModule } from '../../../ui/lazy.tsx'

/** The code that parses and matches searches. Lists without a search don't need it: 7 kB less, compressed, until the first row. */
export const searchEngine = lazyModule(() => import('./engine.ts'))

export type SearchEngine = NonNullable<ReturnType<typeof searchEngine.get>>
