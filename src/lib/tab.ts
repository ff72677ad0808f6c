import { removeStored, storedValue } from './persisted.ts'
import { newRecordKey } from './record-key.ts'
import { z } from './schema.ts'

// A browser copies a tab's storage into a duplicated tab, into a window that the page opens, and into a tab that it restores after a crash.
// So each page holds a lock with its tab's id. A page that can't get the lock is in a copy: all that is stored there is the other tab's.

const tabSchema = z.object({
  id: z.string(),
  /** When the tab's last page closed, ms since 1970. Null while a page is open, and after a crash. */
  leftAt: z.nullable(z.number()),
})
type Tab = z.infer<typeof tabSchema>
type Message = { type: 'ask' | 'taken'; id: string }

/** The key has no dot, because signing out removes all keys that start with "bigv.", and the tab remains the same. */
const record = storedValue({ key: 'bigv-tab', where: 'tab', schema: tabSchema })
/** How long the lock may take if a page of this tab has just closed. Chromium took at most 0.12 s in 20 reloads. */
const LEAVING_MS = 3_000
/** How long the lock may take otherwise. Only copies, and tabs restored after a crash, have to wait. */
const OPEN_MS = 300

let own: Tab = { id: '', leftAt: null }
let previous: number | null = null
let release = (): void => {}

/** When the page before this one closed in this tab, ms since 1970. Null if there was none, or if it crashed. */
export const previousLeftAt = (): number | null => previous

/**
 * Decides whether the tab's storage is this tab's own. In a copy, everything stored by the dashboard is removed, so that nothing that the
 * other tab does is sent or resumed here. Call once, before anything else reads the storage.
 */
export async function claimTab(): Promise<void> {
  const stored = record.read()
  if (stored !== undefined && (await isFree(stored))) {
    own = { id: stored.id, leftAt: null }
    previous = stored.leftAt
  } else {
    if (stored !== undefined) removeStored('tab', 'bigv.')
    own = { id: newRecordKey(), leftAt: null }
    void hold(own.id)
  }
  record.write(own)
  globalThis.addEventListener?.('pagehide', leave)
  globalThis.addEventListener?.('pageshow', ({ persisted }) => persisted && comeBack())
  if (locks() === undefined) answerCopies()
}

/** True if no other page is in this tab. If so, this page holds the tab's lock from now on. */
async function isFree({ id, leftAt }: Tab): Promise<boolean> {
  if (locks() !== undefined) return hold(id, leftAt === null ? OPEN_MS : LEAVING_MS)
  // A copy is made while its original is open, so it has no `leftAt`.
  return leftAt !== null || !(await isTaken(id))
}

/** Undefined without https: browsers have locks only in secure contexts. */
function locks(): LockManager | undefined {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.locks
}

/** Holds the tab's lock until the page closes. Resolves to true once the page has the lock, and to false if that takes longer than `ms`. */
function hold(id: string, ms?: number): Promise<boolean> {
  return new Promise((resolve) => {
    const granted = () => {
      resolve(true)
      return new Promise<void>((end) => {
        release = end
      })
    }
    const options = ms === undefined ? {} : { signal: AbortSignal.timeout(ms) }
    locks()
      ?.request(`bigv.tab ${id}`, options, granted)
      .catch(() => resolve(false))
  })
}

function leave(): void {
  own = { ...own, leftAt: Date.now() }
  record.write(own)
  // Released at once, because the tab's next page is waiting for the lock.
  release()
}

/** The browser shows this page again instead of loading it, as after Back. */
function comeBack(): void {
  const stored = record.read()
  // Another page in this tab has continued the work meanwhile, so this page's own memory of it is out of date.
  if (stored?.id !== own.id || stored.leftAt !== own.leftAt) return location.reload()
  own = { ...own, leftAt: null }
  record.write(own)
  void hold(own.id)
}

// Without locks, a tab's page answers the pages of its copies. A page that the browser has frozen doesn't answer, so two tabs may watch the
// same operations. Only one of them can send, because batches and plans wait for the user unless their page has closed.

const openChannel = () => new BroadcastChannel('bigv.tab')

function answerCopies(): void {
  const channel = openChannel()
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'ask' && data.id === own.id) channel.postMessage({ type: 'taken', id: own.id })
  })
}

async function isTaken(id: string): Promise<boolean> {
  const channel = openChannel()
  const taken = await new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), OPEN_MS)
    channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.type === 'taken' && data.id === id) resolve(true)
    })
    channel.postMessage({ type: 'ask', id })
  })
  channel.close()
  return taken
}
