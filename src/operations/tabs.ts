import { currentSession } from '../session/session.ts'
import type { Operation } from './operation.ts'
import { findOperation, operations, putOperation, removeOperation, subscribeOperations } from './store.ts'

const CHANNEL = 'bigv.operations'
/** For how long another tab's operation is shown after that tab was left: long enough for a reload. */
const GONE_AFTER_MS = 10_000
/** How often a tab says that its operations are still its own; browsers stretch this in hidden tabs to a minute. */
const ALIVE_EVERY_MS = 30_000
/** After this long without a word a tab has crashed: what it was doing is no longer shown as in flight. */
const CRASHED_AFTER_MS = 150_000

type Message =
  | { type: 'changed'; operation: Operation }
  | { type: 'removed'; key: string }
  | { type: 'ask' }
  | { type: 'left'; keys: readonly string[] }

/**
 * Tells the user's other tabs of this tab's operations in flight, and shows theirs here. The tab that began an operation
 * watches it. Call once, at the start.
 */
export function shareOperations(): void {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(CHANNEL)
  const post = (message: Message) => channel.postMessage(message)
  const heard = new Map<string, number>()
  let told = new Map<string, Operation>()

  const tell = () => {
    const own = new Map(operations().flatMap((entry) => (entry.foreign ? [] : [[entry.key, entry] as const])))
    for (const [key, operation] of own) {
      if (told.get(key) !== operation && (operation.phase !== 'ended' || told.has(key))) {
        post({ type: 'changed', operation })
      }
    }
    for (const key of told.keys()) if (!own.has(key)) post({ type: 'removed', key })
    told = own
  }

  const retell = () => {
    for (const operation of told.values())
      if (operation.phase !== 'ended') post({ type: 'changed', operation })
  }
  setInterval(() => {
    retell()
    for (const { key, foreign, phase } of operations()) {
      const silent = Date.now() - (heard.get(key) ?? 0) > CRASHED_AFTER_MS
      if (foreign && phase !== 'ended' && silent) removeOperation(key)
    }
  }, ALIVE_EVERY_MS)

  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'ask') {
      retell()
    } else if (data.type === 'changed') {
      if (data.operation.username !== currentSession().credentials?.username) return
      if (findOperation(data.operation.key)?.foreign === false) return
      heard.set(data.operation.key, Date.now())
      putOperation({ ...data.operation, foreign: true })
    } else if (data.type === 'removed') {
      if (findOperation(data.key)?.foreign) removeOperation(data.key)
    } else {
      const leftAt = Date.now()
      setTimeout(() => {
        for (const key of data.keys) {
          if (findOperation(key)?.foreign && (heard.get(key) ?? 0) < leftAt) removeOperation(key)
        }
      }, GONE_AFTER_MS)
    }
  })
  subscribeOperations(tell)
  tell()
  addEventListener('pagehide', () => {
    const keys = [...told.values()].filter(({ phase }) => phase !== 'ended').map(({ key }) => key)
    if (keys.length > 0) post({ type: 'left', keys })
  })
  post({ type: 'ask' })
}
