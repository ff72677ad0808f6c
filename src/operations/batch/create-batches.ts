import { useSyncExternalStore } from 'react'
import { externalStore } from '../../lib/external-store.ts'
import type { GroupRef } from '../../lib/links.ts'
import { tabStorage } from '../../lib/browser/storage.ts'
import { currentSession } from '../../session/session.ts'
import { onUserChange } from '../../session/user-change.ts'

/** One machine of a run. `begun`: BigV has accepted it; how it goes on, its operation says. */
export interface RunItem {
  name: string
  is: 'queued' | 'sending' | 'begun' | 'taken' | 'refused' | 'unclear' | 'not sent'
  /** What there is to say about it: sentences without secrets. */
  note: string
  /** The key of its operation, once BigV has accepted it. */
  operation: string | null
  /** The id of the machine that has the name, where there is one. */
  holder: number | null
}

/** Several machines asked for in one go, each by a request of its own. */
export interface CreateRun extends GroupRef {
  key: string
  username: string
  begunAt: number
  /** Whether requests are still being sent. */
  going: boolean
  /** Whether the user has asked for it to end after the request that is on its way. */
  stopping: boolean
  /** Why it ended before its time, or nothing. */
  why: string
  items: readonly RunItem[]
}

const KEY = 'bigv.create-runs'
const KEPT = 5
const RELOADED = 'The page was reloaded while this was being sent; whether BigV made it is not known.'

const store = externalStore<readonly CreateRun[]>(kept())

/** The runs of this tab and user, oldest first, followed by the component that calls this. They outlast a reload. */
export function useCreateRuns(): readonly CreateRun[] {
  const username = currentSession().credentials?.username
  return useSyncExternalStore(store.subscribe, store.get).filter((run) => run.username === username)
}

/** The runs as they are now. */
export const createRuns = store.get

/** Calls the listener after each change of a run; returns the function that ends it. */
export const subscribeCreateRuns = store.subscribe

/** The run with this key. */
export function findRun(key: string): CreateRun | undefined {
  return store.get().find((run) => run.key === key)
}

/** Adds a run. The oldest are forgotten beyond five, but none that is still going. */
export function putRun(run: CreateRun): void {
  const others = store.get()
  set([...others.filter(({ going }, at) => going || at > others.length - KEPT), run])
}

/** Changes a run. */
export function updateRun(key: string, change: Partial<CreateRun>): void {
  const at = store.get().findIndex((run) => run.key === key)
  const run = store.get()[at]
  if (run !== undefined) set(store.get().with(at, { ...run, ...change }))
}

/** Changes one machine of a run. */
export function updateItem(key: string, name: string, change: Partial<RunItem>): void {
  const items = findRun(key)?.items ?? []
  const at = items.findIndex((item) => item.name === name)
  const item = items[at]
  if (item !== undefined) updateRun(key, { items: items.with(at, { ...item, ...change }) })
}

/** Forgets a run: the user has seen how it went. */
export function removeRun(key: string): void {
  set(store.get().filter((run) => run.key !== key))
}

// Signed out, or as somebody else: it has gone from the storage already.
onUserChange((_, before) => {
  if (before !== undefined) store.set(kept())
})

function set(runs: readonly CreateRun[]): void {
  store.set(runs)
  tabStorage.write(KEY, runs)
}

/** What an earlier page of this tab left: nothing of it is still going. */
function kept(): CreateRun[] {
  const value = tabStorage.read(KEY)
  return Array.isArray(value) ? value.filter(isRun).map(afterReload) : []
}

function isRun(value: unknown): value is CreateRun {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['key', 'account', 'group', 'username'].every(
      (key) => typeof (value as Record<string, unknown>)[key] === 'string',
    ) &&
    Array.isArray((value as CreateRun).items)
  )
}

function afterReload(run: CreateRun): CreateRun {
  if (!run.going) return run
  const items = run.items.map((item) =>
    item.is === 'sending' ? { ...item, is: 'unclear' as const, note: RELOADED } : item,
  )
  return { ...run, items, going: false, stopping: false, why: 'The page was reloaded.' }
}
