/** A head, and when this browser last saw a machine there (ms since 1970). */
export interface LastHead {
  head: string
  at: number
}

let find = (_id: number): LastHead | null => null

/** Where this browser last saw a machine on a head. BigV names a head only while the machine is on. */
export const lastHeadOf = (id: number): LastHead | null => find(id)

/** Called by the store of what was seen (activity/seen/store.ts), which isn't part of the first view. */
export function knowLastHeads(finder: typeof find): void {
  find = finder
}
