import type { Schema } from './schema.ts'
import { createStore, type Store } from './store.ts'

/** Who is signed in, by name. session/session.ts sets it. */
export const currentUser = createStore<string | undefined>(undefined)

type Where = 'tab' | 'browser'

/** Where in the browser's storage one JSON value is. */
interface StorageLocation<T> {
  /** All keys begin with "bigv." (older ones with "bigv-"). What begins with "bigv.gathered." goes when the user signs out. */
  key: string
  /** This tab until it is closed, or its user leaves; or this browser, for all its tabs. Nothing secret is written for a browser. */
  where: Where
  /** Whether each user of this browser has a record. Nobody has none: it is neither read nor written. */
  perUser?: boolean
  /** What may be read back; anything else reads as nothing. It also reads what earlier versions wrote. */
  schema: Schema<T>
}

/** One JSON value in the browser's storage. The storage may be missing, full or forbidden: nothing here throws. */
export interface StoredValue<T> {
  read: () => T | undefined
  /** Returns whether it was written. Undefined removes it. */
  write: (value: unknown) => boolean
  /** Calls the listener when another tab has written it. */
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
  /** What of the value is written: all of it by default. Undefined removes the record. */
  save?: (value: T) => unknown
  /** After how many ms a change is written, with those in between; at once by default. Always before the page goes. */
  writeAfterMs?: (value: T) => number
}

/**
 * Keeps a store's value over a reload: begins with what is stored, writes each change, and returns the store. Other tabs' changes
 * are followed where they share the record. When another user signs in, or nobody is left, it starts from their record.
 */
export function persisted<T>(store: Store<T>, options: Persisting<T>): Store<T> {
  const { where, perUser = false, save = (value: T): unknown => value, writeAfterMs } = options
  const record = storedValue(options)
  const initial = store.get()
  /** Whether it belongs to who is signed in; a setting of the browser belongs to nobody. */
  const isPersonal = perUser || where === 'tab'
  /** Whose record was read last: another user's must not be overwritten before it is read. */
  let owner: string | undefined
  /** The value just read, which need not be written. */
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
    // Where a tab's storage is full, no record is better than an old one: what was sent since would seem not to be.
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

/** Reads any JSON value. Text that is none is returned as it is. */
export function readStored(where: Where, key: string): unknown {
  const text = attempt(() => storageOf(where).getItem(key)) ?? undefined
  return text === undefined ? undefined : (attempt(() => JSON.parse(text) as unknown) ?? text)
}

/** Writes any JSON value, and returns whether it was written. Undefined removes it. */
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
