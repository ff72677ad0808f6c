import { lazyModule } from '../../../ui/lazy.tsx'

/** The code that parses and matches searches. Lists without a search don't need it: 7 kB less, compressed, until the first row. */
export const searchEngine = lazyModule(() => import('./engine.ts'))

export type SearchEngine = NonNullable<ReturnType<typeof searchEngine.get>>

/** For the loader of a list's page: resolves once a search in this URL can be applied, so that no other rows show first. */
export function searchReady(url: string): Promise<unknown> | null {
  return new URL(url).searchParams.has('q') ? searchEngine.load().then(() => null) : null
}
