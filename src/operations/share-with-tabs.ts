import { currentSession } from '../session/session.ts'

/** For how long what another tab does is shown after that tab was left: long enough for a reload. */
const GONE_AFTER_MS = 10_000
/** How often a tab says that what it does is still its own; browsers stretch this in hidden tabs to a minute. */
const ALIVE_EVERY_MS = 30_000
/** After this long without a word a tab has crashed: what it was doing is no longer shown as running. */
const CRASHED_AFTER_MS = 150_000

/** What a tab does and the user's other tabs show. */
interface Doing {
  key: string
  username: string
  /** Whether it belongs to another tab, which does it. */
  otherTab: boolean
}

/** Where a tab holds what it does, and what the others do. */
interface Held<T extends Doing> {
  /** The name of the channel, the same in every tab. */
  channel: string
  all: () => readonly T[]
  subscribe: (listener: () => void) => unknown
  put: (theirs: T) => void
  remove: (key: string) => void
  /** Whether it is still under way: only that is told to tabs that are opened later, and goes with its tab. */
  underWay: (one: T) => boolean
  /** Whether one's own gives way to another tab's of the same key: after the tab was copied, with its storage. */
  yields?: (own: T, theirs: T) => boolean
  /** Is called with what another tab wishes of one of this tab's own. */
  wished?: (key: string, text: string) => void
}

type Message<T> =
  | { type: 'changed'; one: T }
  | { type: 'removed'; key: string }
  | { type: 'ask' }
  | { type: 'left'; keys: readonly string[] }
  | { type: 'wish'; key: string; text: string }

/**
 * Tells the user's other tabs of what this tab does, and shows here what they do; the tab that began a thing does it. Returns
 * what sends a wish about another tab's to that tab, or null where tabs cannot talk. Call once for each kind, at the start.
 */
export function shareWithTabs<T extends Doing>(held: Held<T>): ((key: string, text: string) => void) | null {
  if (typeof BroadcastChannel === 'undefined') return null
  const channel = new BroadcastChannel(held.channel)
  const post = (message: Message<T>) => channel.postMessage(message)
  const find = (key: string) => held.all().find((one) => one.key === key)
  const removeTheirs = (key: string) => {
    if (find(key)?.otherTab) held.remove(key)
  }
  const heard = new Map<string, number>()
  let told = new Map<string, T>()

  const tell = () => {
    const own = new Map(held.all().flatMap((one) => (one.otherTab ? [] : [[one.key, one] as const])))
    for (const [key, one] of own) {
      if (told.get(key) !== one && (held.underWay(one) || told.has(key))) post({ type: 'changed', one })
    }
    for (const key of told.keys()) if (!own.has(key)) post({ type: 'removed', key })
    told = own
  }

  const retell = () => {
    for (const one of told.values()) if (held.underWay(one)) post({ type: 'changed', one })
  }
  setInterval(() => {
    retell()
    for (const one of held.all()) {
      const silent = Date.now() - (heard.get(one.key) ?? 0) > CRASHED_AFTER_MS
      if (one.otherTab && held.underWay(one) && silent) held.remove(one.key)
    }
  }, ALIVE_EVERY_MS)

  const goneFrom = (keys: readonly string[]) => {
    const leftAt = Date.now()
    setTimeout(() => {
      for (const key of keys) if ((heard.get(key) ?? 0) < leftAt) removeTheirs(key)
    }, GONE_AFTER_MS)
  }

  channel.addEventListener('message', ({ data }: MessageEvent<Message<T>>) => {
    if (data.type === 'ask') retell()
    else if (data.type === 'changed') {
      if (data.one.username !== currentSession().credentials?.username) return
      const own = find(data.one.key)
      if (own?.otherTab === false && !held.yields?.(own, data.one)) return
      heard.set(data.one.key, Date.now())
      held.put({ ...data.one, otherTab: true })
    } else if (data.type === 'removed') removeTheirs(data.key)
    else if (data.type === 'left') goneFrom(data.keys)
    else if (find(data.key)?.otherTab === false) held.wished?.(data.key, data.text)
  })
  held.subscribe(tell)
  tell()
  addEventListener('pagehide', () => {
    const keys = [...told.values()].filter(held.underWay).map(({ key }) => key)
    if (keys.length > 0) post({ type: 'left', keys })
  })
  post({ type: 'ask' })
  return (key, text) => post({ type: 'wish', key, text })
}
