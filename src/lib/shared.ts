import { currentUser } from './persisted.ts'
import type { Store } from './store.ts'

/** How long the entries of a closed tab stay: long enough for a reload. */
const GONE_AFTER_MS = 10_000
/** How often a tab repeats its running entries. In hidden tabs, browsers stretch the interval to a minute. */
const ALIVE_EVERY_MS = 30_000
/** A tab that has sent no message for this long has crashed, and its entries are no longer shown as running. */
const CRASHED_AFTER_MS = 150_000

/** An entry of one tab that the same user's other tabs show. */
interface Shared {
  key: string
  username: string
  /** True if the entry belongs to another tab. */
  otherTab: boolean
}

interface Sharing<T extends Shared> {
  channel: string
  /** True while the entry is running. Only running entries are sent to tabs opened later, and are removed when their tab closes. */
  isRunning: (one: T) => boolean
  /** Stores another tab's entry, unless this tab can't show it: the other tab may run another version of the dashboard. */
  put: (theirs: T) => void
  /** Called when another tab sends a request about an entry of this tab. */
  onAsked?: (key: string, text: string) => void
}

type Message<T> =
  | { type: 'changed'; one: T }
  | { type: 'removed'; key: string }
  | { type: 'ask' }
  | { type: 'left'; keys: readonly string[] }
  | { type: 'request'; key: string; text: string }

/**
 * Shows a list's entries in the user's other tabs, and their entries here. Call once. Returns a function that sends a request to the tab of
 * an entry.
 */
export function shared<T extends Shared>(
  list: Store<readonly T[]>,
  { channel: name, isRunning, put, onAsked }: Sharing<T>,
): (key: string, text: string) => void {
  if (typeof BroadcastChannel === 'undefined') return () => {}
  const channel = new BroadcastChannel(name)
  const post = (message: Message<T>) => channel.postMessage(message)
  const find = (key: string) => list.get().find((one) => one.key === key)
  const remove = (key: string) => {
    if (find(key)?.otherTab) list.set((all) => all.filter((one) => one.key !== key))
  }
  /** When the last message about each of the other tabs' entries came, by key. */
  const receivedAt = new Map<string, number>()
  /** This tab's own entries, as sent last. */
  let sent = new Map<string, T>()

  const sendChanges = () => {
    const own = new Map(list.get().flatMap((one) => (one.otherTab ? [] : [[one.key, one] as const])))
    for (const [key, one] of own) {
      if (sent.get(key) !== one && (isRunning(one) || sent.has(key))) post({ type: 'changed', one })
    }
    for (const key of sent.keys()) if (!own.has(key)) post({ type: 'removed', key })
    sent = own
  }
  const sendRunning = () => {
    for (const one of sent.values()) if (isRunning(one)) post({ type: 'changed', one })
  }

  setInterval(() => {
    sendRunning()
    for (const one of list.get()) {
      const silent = Date.now() - (receivedAt.get(one.key) ?? 0) > CRASHED_AFTER_MS
      if (one.otherTab && isRunning(one) && silent) remove(one.key)
    }
  }, ALIVE_EVERY_MS)

  const removeUnlessReloaded = (keys: readonly string[]) => {
    const leftAt = Date.now()
    setTimeout(() => {
      for (const key of keys) if ((receivedAt.get(key) ?? 0) < leftAt) remove(key)
    }, GONE_AFTER_MS)
  }

  channel.addEventListener('message', ({ data }: MessageEvent<Message<T>>) => {
    if (data.type === 'ask') sendRunning()
    else if (data.type === 'changed') {
      if (data.one.username !== currentUser.get()) return
      if (find(data.one.key)?.otherTab === false) return
      receivedAt.set(data.one.key, Date.now())
      put({ ...data.one, otherTab: true })
    } else if (data.type === 'removed') remove(data.key)
    else if (data.type === 'left') removeUnlessReloaded(data.keys)
    else if (find(data.key)?.otherTab === false) onAsked?.(data.key, data.text)
  })
  list.subscribe(sendChanges)
  sendChanges()
  globalThis.addEventListener?.('pagehide', () => {
    const keys = [...sent.values()].filter(isRunning).map(({ key }) => key)
    if (keys.length > 0) post({ type: 'left', keys })
  })
  post({ type: 'ask' })
  return (key, text) => post({ type: 'request', key, text })
}
