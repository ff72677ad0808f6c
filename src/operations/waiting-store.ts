import { persisted } from '../lib/persisted.ts'
import { createStore } from '../lib/store.ts'
import { waitingSchema, type AllWaiting, type WaitingChange } from './waiting-restart.ts'

export const NOTHING_WAITS: readonly WaitingChange[] = []

/** Which changes wait for a restart, of every machine, as far as this browser knows; waiting-follow.ts follows them. */
export const waitingStore = persisted(createStore<AllWaiting>({}), {
  key: 'bigv.gathered.waiting-restart',
  where: 'browser',
  perUser: true,
  schema: waitingSchema,
})

/** The key that a machine has in the store. */
export function waitingKey(account: string, id: number): string {
  return `${account}/${id}`
}

/** What waits for a restart of this machine. */
export function useWaitingChanges(account: string, id: number): readonly WaitingChange[] {
  return waitingStore.use((all) => all[waitingKey(account, id)] ?? NOTHING_WAITS)
}
