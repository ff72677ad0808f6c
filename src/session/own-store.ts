import { externalStore, type ExternalStore } from '../lib/external-store.ts'
import { ownKey, readOwn, writeOwn } from './own-storage.ts'
import { onUserChange } from './user-change.ts'

/**
 * A store of what is kept of this kind of the user who is signed in, as `read` makes it of what it finds. It follows his other tabs,
 * and who is signed in; what is set is kept.
 */
export function ownStore<T>(kind: string, read: (kept: unknown) => T): ExternalStore<T> {
  const store = externalStore(read(readOwn(kind)))
  const readAgain = () => store.set(read(readOwn(kind)))
  globalThis.addEventListener?.('storage', ({ key }) => {
    if (key === ownKey(kind)) readAgain()
  })
  onUserChange(readAgain)
  return {
    ...store,
    set: (next) => {
      store.set(next)
      writeOwn(kind, next)
    },
  }
}
