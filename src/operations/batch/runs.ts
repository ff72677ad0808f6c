import { externalStore } from '../../lib/external-store.ts'
import type { Item, Run } from './run.ts'

const KEPT_OVER = 5

const store = externalStore<readonly Run[]>([])
/** Where an item stands among its run's, by run and id: they never change their places. */
const places = new Map<string, ReadonlyMap<number, number>>()

/** Every bulk run of this session, oldest first. */
export const runs = store.get

/** Calls the listener after each change; returns the function that ends it. */
export const subscribeRuns = store.subscribe

/** The run with this key. */
export function findRun(key: string): Run | undefined {
  return store.get().find((run) => run.key === key)
}

/** Adds a run. Of those that are over, the oldest are forgotten beyond five. */
export function addRun(run: Run): void {
  places.set(run.key, new Map(run.items.map(({ id }, at) => [id, at])))
  const over = store.get().filter(({ state }) => state === 'over')
  for (const { key } of over.slice(0, Math.max(0, over.length - KEPT_OVER + 1))) removeRun(key)
  store.set([...store.get(), run])
}

/** Takes a run out: its report is no longer wanted. */
export function removeRun(key: string): void {
  places.delete(key)
  store.set(store.get().filter((run) => run.key !== key))
}

/** Changes a run, if it is there. */
export function updateRun(key: string, change: Partial<Run>): void {
  const at = store.get().findIndex((run) => run.key === key)
  const run = store.get()[at]
  if (run !== undefined) store.set(store.get().with(at, { ...run, ...change }))
}

/** A machine of a run by its id. */
export function findItem(key: string, id: number): Item | undefined {
  const at = places.get(key)?.get(id)
  return at === undefined ? undefined : findRun(key)?.items[at]
}

/** Changes a machine of a run, if both are there. */
export function updateItem(key: string, id: number, change: Partial<Item>): void {
  const at = places.get(key)?.get(id)
  const run = findRun(key)
  const item = at === undefined ? undefined : run?.items[at]
  if (run === undefined || at === undefined || item === undefined) return
  updateRun(key, { items: run.items.with(at, { ...item, ...change }) })
}

/** Drops every run: another user's, after signing out. */
export function clearRuns(): void {
  places.clear()
  store.set([])
}
