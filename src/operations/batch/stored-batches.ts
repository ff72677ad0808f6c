import { isSimpleActionName } from '../../actions/index.ts'
import { tabStorage } from '../../lib/browser/storage.ts'
import type { GroupRef } from '../../lib/links.ts'
import { currentSession } from '../../session/session.ts'
import { onUserChange } from '../../session/user-change.ts'
import { forgetRows } from './fresh-rows.ts'
import { groupsOf, packItem, unpackItem, type KeptItem } from './kept-item.ts'
import { afterReload, clearUp } from './after-reload.ts'
import type { Item, Run } from './run.ts'
import { addRun, clearRuns, findRun, runs, subscribeRuns } from './runs.ts'

// components/bulk/bulk-entry.tsx asks at the start whether there are any.
const RUNS_KEY = 'bigv.bulk'
const CHUNK = 100
/** Of longer runs the requests are not kept: they would not fit. */
const WITH_STEPS_AT_MOST = 2_000
const WRITE_AFTER_MS = 300

interface KeptRun extends Omit<Run, 'items'> {
  groups: readonly GroupRef[]
  chunks: number
}

let started = false
let timer: ReturnType<typeof setTimeout> | null = null
/** What was written last of each chunk, by its key, so that only what has changed is written again. */
let written = new Map<string, readonly Item[]>()

/**
 * Keeps the runs over a reload of the page, in sessionStorage, for the user who made them, and takes up those that are there: what
 * was sent is watched or found by reading, and nothing begins by itself. Call once, when the session is known.
 */
export function keepRuns(): void {
  if (started) return
  started = true
  takeUp()
  subscribeRuns(() => {
    timer ??= setTimeout(writeNow, WRITE_AFTER_MS)
  })
  globalThis.addEventListener?.('pagehide', writeNow)
  onUserChange((_, before) => {
    forgetRows()
    if (before === undefined) takeUp()
    else {
      clearRuns()
      writeNow()
    }
  })
}

function takeUp(): void {
  for (const run of keptRuns()) {
    if (findRun(run.key) !== undefined) continue
    const { taken, unclear } = afterReload(run)
    addRun(taken)
    void clearUp(taken, unclear)
  }
}

function writeNow(): void {
  if (timer !== null) clearTimeout(timer)
  timer = null
  // Before anybody is signed in, what is kept is not ours to replace.
  if (runs().length === 0 && currentSession().credentials === null && written.size === 0) return
  const before = written
  written = new Map()
  const kept = runs().map((run) => writeRun(run, before))
  for (const key of before.keys()) if (!written.has(key)) tabStorage.remove(key)
  if (kept.length === 0) tabStorage.remove(RUNS_KEY)
  else
    tabStorage.write(
      RUNS_KEY,
      kept.filter((run) => run !== null),
    )
}

/** Writes a run's chunks. Null where they do not fit: half a run would be a lie, so none of it is kept. */
function writeRun({ items, ...run }: Run, before: ReadonlyMap<string, readonly Item[]>): KeptRun | null {
  const groups = groupsOf(items)
  const chunks = Math.ceil(items.length / CHUNK)
  for (let at = 0; at < chunks; at++) {
    const key = chunkKey(run.key, at)
    const part = items.slice(at * CHUNK, (at + 1) * CHUNK)
    const old = before.get(key)
    written.set(key, part)
    if (old?.length === part.length && old.every((item, index) => item === part[index])) continue
    const packed = part.map((item) => packItem(item, groups, items.length <= WITH_STEPS_AT_MOST))
    if (!tabStorage.write(key, packed)) return null
  }
  return { ...run, groups, chunks }
}

function keptRuns(): Run[] {
  const value = tabStorage.read(RUNS_KEY)
  const user = currentSession().credentials?.username
  if (!Array.isArray(value) || user === undefined) return []
  return (value as KeptRun[]).flatMap(({ groups, chunks, ...run }) => {
    const items: (Item | null)[] = []
    for (let at = 0; at < chunks; at++) {
      // Another user's is nobody's.
      if (run.username !== user) tabStorage.remove(chunkKey(run.key, at))
      const part = tabStorage.read(chunkKey(run.key, at)) as readonly KeptItem[] | null
      if (part === null) return []
      items.push(...part.map((item) => unpackItem(item, groups)))
    }
    // A task of another version of the dashboard may be of an action that this one does not know.
    if (items.includes(null) || !isSimpleActionName(run.task.action)) return []
    return [{ ...run, items: items.filter((item) => item !== null) }]
  })
}

function chunkKey(run: string, at: number): string {
  return `${RUNS_KEY}.${run}.${at}`
}
