import type { Schema } from './schema.ts'
import { createStore, type Store } from './store.ts'

/** The name of the signed-in user. session/session.ts sets it. */
export const currentUser = createStore<string | undefined>(undefined)

type Where = 'tab' | 'browser'

/** Where a JSON value is in the browser's storage. */
interface StorageLocation<T> {
  /** Keys start with "bigv." (older ones with "bigv-"). Records under "bigv.gathered." are removed when the user signs out. */
  key: string
  /**
   * `tab`: until this tab is closed or its user signs out; a copy of the tab begins without it (lib/tab.ts). `browser`: for all tabs, so
   * nothing secret is stored there.
   */
  where: Where
  /** True if each user has a separate record. While no one is signed in, nothing is read or written. */
  perUser?: boolean
  /** A value that doesn't match is read as undefined. The schema also accepts values of earlier versions. */
  schema: Schema<T>
}

/** A JSON value in the browser's storage. Nothing here throws, even if the storage is missing, full or forbidden. */
export interface StoredValue<T> {
  read: () => T | undefined
  /** Writes the value; undefined removes it. Returns true if written. */
  write: (value: unknown) => boolean
  /** Calls the listener when another tab writes the value. */
  onOtherTab: (listener: () => void) => void
}

export function storedValue<T>({ key, where, perUser = false, schema }: StorageLocation<T>): StoredValue<T> {
  const keyNow = () => {
    const user = currentUser.get()
    if (!perUser) return key
    return user === undefined ? null : `${key} ${user}`
  }
  return {
    read() {
      const now = keyNow()
      return now === null ? undefined : schema.safeParse(readStored(where, now)).data
    },
    write(value) {
      const now = keyNow()
      return now !== null && writeStored(where, now, value)
    },
    onOtherTab(listener) {
      globalThis.addEventListener?.('storage', (event) => {
        if (event.key === keyNow()) listener()
      })
    },
  }
}

interface Persisting<T> extends StorageLocation<T> {
  /** Returns the part of the value to write; the default is all of it. Undefined removes the record. */
  save?: (value: T) => unknown
  /** Delays a write by this many ms, to combine changes; the default is 0. Pending changes are written when the page closes. */
  writeAfterMs?: (value: T) => number
}

/**
 * Keeps a store's value across reloads: loads the stored value, writes each change, and returns the store. If tabs share the record, other
 * tabs' changes are loaded, too. When the user changes, the store loads the new user's record, or takes its initial value.
 */
export function persisted<T>(store: Store<T>, options: Persisting<T>): Store<T> {
  const { where, perUser = false, save = (value: T): unknown => value, writeAfterMs } = options
  const record = storedValue(options)
  const initial = store.get()
  /** True if the record belongs to the signed-in user. Settings of the browser belong to no user. */
  const isPersonal = perUser || where === 'tab'
  /** The user whose record was last read. Another user's record must be read before it may be overwritten. */
  let owner: string | undefined
  /** The value that was just read and so doesn't have to be written. */
  let justRead: { value: T } | null = null
  let due = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const read = () => {
    clearTimeout(timer)
    due = false
    timer = undefined
    owner = currentUser.get()
    const value = record.read() ?? initial
    justRead = { value }
    store.set(() => value)
    justRead = null
  }
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    const user = currentUser.get()
    const mayWrite = !isPersonal || (user !== undefined && user === owner)
    const written = !due || !mayWrite || record.write(save(store.get()))
    // If a tab's storage is full, the record is removed: an outdated record would show requests as unsent that have been sent since.
    if (!written && where === 'tab') record.write(undefined)
    due = false
  }

  read()
  store.subscribe((now) => {
    if (justRead !== null && Object.is(now, justRead.value)) return
    due = true
    const ms = writeAfterMs?.(now) ?? 0
    if (ms === 0) write()
    else timer ??= setTimeout(write, ms)
  })
  globalThis.addEventListener?.('pagehide', write)
  if (where === 'browser') record.onOtherTab(read)
  if (isPersonal) currentUser.subscribe(read)
  return store
}

const storageOf = (where: Where) => (where === 'tab' ? sessionStorage : localStorage)

/** Reads a JSON value. Text that isn't JSON is returned unchanged. */
export function readStored(where: Where, key: string): unknown {
  const text = attempt(() => storageOf(where).getItem(key)) ?? undefined
  return text === undefined ? undefined : (attempt(() => JSON.parse(text) as unknown) ?? text)
}

/** Writes a JSON value, and returns true if written. Undefined removes it. */
export function writeStored(where: Where, key: string, value: unknown): boolean {
  const written = attempt(() => {
    if (value === undefined) storageOf(where).removeItem(key)
    else storageOf(where).setItem(key, JSON.stringify(value))
    return true
  })
  return written ?? false
}

export function removeStored(where: Where, prefix: string): void {
  attempt(() => {
    const storage = storageOf(where)
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key)
  })
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
