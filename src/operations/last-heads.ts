import { createStore } from '../lib/store.ts'

/** A head, and when this browser last saw a machine there (ms since 1970). */
export interface LastHead {
  head: string
  at: number
}

const finder = createStore((_id: number): LastHead | null => null)

/** Where this browser last saw a machine on a head. BigV names a head only while the machine is on. */
export const lastHeadOf = (id: number): LastHead | null => finder.get()(id)

/** Re-renders when heads become known. */
export const useLastHeads = finder.use

/** Called by the store of what was seen (activity/seen/store.ts), which isn't part of the first view. */
export function knowLastHeads(find: typeof lastHeadOf): void {
  finder.set(() => find)
}
