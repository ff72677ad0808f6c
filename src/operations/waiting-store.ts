import { useSyncExternalStore } from 'react'
import { externalStore } from '../lib/external-store.ts'
import type { WaitingChange } from './waiting-restart.ts'

/** What waits, by `waitingKey`. */
export type AllWaiting = Readonly<Record<string, readonly WaitingChange[]>>

export const NOTHING_WAITS: readonly WaitingChange[] = []

/** Which changes wait for a restart, of every machine; kept and followed by waiting-follow.ts. */
export const waitingStore = externalStore<AllWaiting>({})

/** Takes a machine's account and id and returns the key that it has in the store. */
export function waitingKey(account: string, id: number): string {
  return `${account}/${id}`
}

/** What waits for a restart of this machine, as far as this browser knows. */
export function useWaitingChanges(account: string, id: number): readonly WaitingChange[] {
  return useSyncExternalStore(
    waitingStore.subscribe,
    () => waitingStore.get()[waitingKey(account, id)] ?? NOTHING_WAITS,
  )
}
