/** A browser storage that may be missing, full or forbidden (private windows): reading gives null, writing gives up quietly. */
export interface SafeStorage {
  read(key: string): unknown
  /** Returns whether it was kept. */
  write(key: string, value: unknown): boolean
  remove(key: string): void
  /** Removes all keys that begin so. */
  removeAll(prefix: string): void
}

function attempt<T>(action: () => T): T | null {
  try {
    return action()
  } catch {
    return null
  }
}

function safe(storage: () => Storage): SafeStorage {
  return {
    read: (key) => attempt(() => JSON.parse(storage().getItem(key) ?? 'null') as unknown),
    write: (key, value) =>
      attempt(() => {
        storage().setItem(key, JSON.stringify(value))
        return true
      }) ?? false,
    remove: (key) => void attempt(() => storage().removeItem(key)),
    removeAll: (prefix) =>
      void attempt(() => {
        for (const key of Object.keys(storage())) if (key.startsWith(prefix)) storage().removeItem(key)
      }),
  }
}

/** What this tab remembers, JSON values by key. */
export const tabStorage = safe(() => sessionStorage)

/** What this browser remembers, JSON values by key. Nothing secret ever goes there. */
export const browserStorage = safe(() => localStorage)
