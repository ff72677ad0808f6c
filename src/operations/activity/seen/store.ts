import { fetchedMachines } from '../../../api/accounts.ts'
import { queryClient } from '../../../api/query-client.ts'
import { currentUser, persisted, readStored, storedValue } from '../../../lib/persisted.ts'
import { z } from '../../../lib/schema.ts'
import { createStore } from '../../../lib/store.ts'
import { knowLastHeads, type LastHead } from '../../last-heads.ts'
import { onGroupFetched, type GroupFetch } from '../later-findings.ts'
import { EMPTY, lastHeadOf, segmentsOf, SeenMachines, type History, type Segment } from './history.ts'
import { mergeHistories, mergeSegments } from './merge.ts'
import { decode, stored, storedSeenSchema } from './stored.ts'

// What this browser has seen of machines: whether they were on, and on which head. It is stored in the tab, so that a reload keeps it, or on
// this computer if the user wants that.

const WRITE_EVERY_MS = 5 * 60_000
/** Fetches that are further apart than three intervals leave a gap, just as data of that age counts as old. */
const INTERVALS_UNTIL_GAP = 3

const seen = new SeenMachines()
/** What other tabs have stored since this tab last read or wrote. Its part that this tab has seen, too, makes no difference. */
let others: History = EMPTY
let lastWrite = ''

/** Grows with each change of what was seen. */
const version = createStore(0)
export const useSeenVersion = version.use

const KEEP_KEY = 'bigv.keep-seen'
const keeps = persisted(createStore(false), {
  key: KEEP_KEY,
  where: 'browser',
  perUser: true,
  schema: z.boolean(),
})

/** True if what is seen is kept on this computer. */
export const useKeepsSeen = keeps.use

/** The outcome of the last write to this computer: false if its storage is full or forbidden. */
const written = createStore(true)
export const useSeenWritten = written.use

const tabRecord = storedValue({ key: 'bigv.seen', where: 'tab', perUser: true, schema: storedSeenSchema })
const recordOf = (user: string) =>
  storedValue({ key: `bigv.seen ${user}`, where: 'browser', schema: storedSeenSchema })

/** What was seen of a machine. */
export function seenSegments(id: number): Segment[] {
  return mergeSegments(segmentsOf(others, id), segmentsOf(seen.history([id]), id))
}

/** When a machine was last seen to change; -Infinity if it wasn't. Costs less than its segments. */
export function seenChangeAt(id: number): number {
  const both = [seen.machine(id), others.machines.get(id)]
  return Math.max(...both.map((machine) => machine?.runs.slice(1).at(-1)?.from ?? -Infinity))
}

/** Where a machine was last seen on a head. */
function lastSeenHead(id: number): LastHead | null {
  const [own, other] = [seen.lastHead(id), lastHeadOf(others.machines.get(id))]
  return own === null || (other !== null && other.at > own.at) ? other : own
}

/** Turns keeping on or off. Turned off, it forgets what is on this computer. */
export function keepSeen(on: boolean): void {
  const user = currentUser.get()
  if (user === undefined) return
  keeps.set(on)
  if (on) {
    readOthers(user)
    write(user)
  } else {
    recordOf(user).write(undefined)
    written.set(true)
  }
}

/** Deletes what this computer has stored, and what this tab has seen. */
export function forgetSeen(): void {
  const user = currentUser.get()
  if (user === undefined) return
  recordOf(user).write(undefined)
  forgetInTab()
}

function forgetInTab(): void {
  tabRecord.write(undefined)
  clearMemory()
}

function clearMemory(): void {
  seen.clear()
  others = EMPTY
  written.set(true)
  version.set(seen.version)
}

/** Notes what pages and operations fetch, for timelines and heads. `interval` is the time between refreshes. Call once. */
export function followSeen(interval: () => number): void {
  let user = currentUser.get()
  restore(user)
  for (const query of queryClient.getQueryCache().getAll()) {
    for (const { list, ...group } of fetchedMachines(query)) {
      note({ ...group, begunAt: query.state.dataUpdatedAt, alone: list === null })
    }
  }
  onGroupFetched(note)
  knowLastHeads(lastSeenHead)

  const keepNow = () => {
    if (user !== undefined && keeps.get()) writeKept(user)
  }
  setInterval(keepNow, WRITE_EVERY_MS)
  globalThis.addEventListener?.('visibilitychange', () => document.hidden && keepNow())
  globalThis.addEventListener?.('pagehide', () => user !== undefined && write(user))
  globalThis.addEventListener?.('storage', ({ key }) => {
    if (user === undefined || key !== `bigv.seen ${user}` || !keeps.get()) return
    // Another tab has forgotten it.
    if (recordOf(user).read() === undefined) forgetInTab()
    else readOthers(user)
  })
  currentUser.subscribe((now) => {
    if (now === user) return
    if (user !== undefined && readStored('browser', `${KEEP_KEY} ${user}`) === true) writeKept(user)
    user = now
    clearMemory()
    restore(user)
  })

  function note({ ref, machines, begunAt, alone, creating }: Omit<GroupFetch, 'complete'>): void {
    const at = begunAt ?? Date.now()
    const limit = INTERVALS_UNTIL_GAP * interval()
    const [vm] = machines
    if (!alone) seen.list(ref, machines, at, limit)
    // A machine that is still being created is neither on nor off.
    else if (vm !== undefined && !creating) seen.alone(ref, vm, at, limit)
    version.set(seen.version)
  }
}

function restore(user: string | undefined): void {
  if (user === undefined) return
  const record = (keeps.get() ? recordOf(user).read() : undefined) ?? tabRecord.read()
  lastWrite = record?.w ?? ''
  const history = record && decode(record)
  if (history) seen.restore(history)
  version.set(seen.version)
}

/** Reads what other tabs have stored, unless this tab was the last to write. */
function readOthers(user: string): void {
  const record = recordOf(user).read()
  if (record === undefined || record.w === lastWrite) return
  lastWrite = record.w
  others = mergeHistories(others, decode(record) ?? EMPTY)
  seen.version += 1
  version.set(seen.version)
}

function write(user: string): void {
  if (keeps.get()) writeKept(user)
  else if (!tabRecord.write(stored(seen.history(), Date.now()))) tabRecord.write(undefined)
}

/** Tabs that write at the same moment may replace each other's part. Each still has its own, and adds it at its next write. */
function writeKept(user: string): void {
  readOthers(user)
  const form = stored(mergeHistories(others, seen.history()), Date.now())
  const isWritten = recordOf(user).write(form)
  if (isWritten) lastWrite = form.w
  written.set(isWritten)
}
