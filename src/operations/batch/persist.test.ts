import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { signIn, signOut } from '../../session/session.ts'
import { clearOperations, runningOn, operations, putOperation } from '../store.ts'
import { DEMO } from '../testing/machine-at-bigv.ts'
import { REF } from '../../api/testing/machines.ts'
import { operation } from '../testing/samples.ts'
import { startWatch } from '../watch.ts'
import { beginRun, goOn, pauseRun } from './control.ts'
import { forecast } from './forecast.ts'
import { keepRuns } from './persist.ts'
import { tally, type Run } from './run.ts'
import { clearRuns, findRun, runs } from './runs.ts'
import { candidates, fleet, passUntil, type Fleet } from './testing/fleet.ts'

const OFF = { power_on: false, autoreboot_on: false }

let world: Fleet
let stored: Map<string, string>
let full: boolean

startWatch()
beforeEach(() => {
  stored = new Map()
  full = false
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new Error('QuotaExceededError')
      stored.set(key, value)
    },
    removeItem: (key: string) => stored.delete(key),
  })
})
afterEach(() => world.close())

const settled = ({ endedAt }: Run) => endedAt !== null

function beginStart(atOnce: number): string {
  const task = { action: 'start' } as const
  const foretold = forecast(task, candidates(world), (id) => runningOn(operations(), id), Date.now())
  return beginRun(task, foretold, { rolling: false, atOnce })
}

/** What a page that is gone leaves behind, and the next one finds: the storage, and the operations that it kept. */
async function reload(): Promise<void> {
  const kept = operations()
  const left = new Map(stored)
  signOut()
  await vi.advanceTimersByTimeAsync(1_000)
  clearRuns()
  clearOperations()
  stored = left
  for (const each of kept) {
    // As operations/stored-operations.ts does it.
    const cut = {
      phase: 'ended',
      outcome: 'unclear',
      note: 'The page was reloaded.',
      endedAt: Date.now(),
    } as const
    if (each.phase === 'sending') putOperation({ ...each, ...cut })
    else if (each.phase !== 'checking') putOperation(each)
  }
  signIn(DEMO, false)
}

describe('runs over a reload', () => {
  test('are as they were, with their results, and nothing begins by itself', async () => {
    world = fleet([...Array.from({ length: 250 }, () => OFF), {}])
    keepRuns()
    world.fates.set(2, [400])
    const key = beginStart(4)
    await vi.advanceTimersByTimeAsync(1_000)
    pauseRun(key)
    await vi.advanceTimersByTimeAsync(1_000)
    const before = findRun(key)
    await reload()
    expect(findRun(key)).toEqual(before)
    const sent = world.writes.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(world.writes).toHaveLength(sent)
    goOn(key)
    const run = await passUntil(key, settled)
    expect(tally(run.items)).toMatchObject({ total: 250, done: 249, failed: 1, leftAlone: 1 })
    expect(world.writes).toHaveLength(250)
  })

  test('pause themselves, and send nothing a second time that was sent', async () => {
    world = fleet(Array.from({ length: 60 }, () => OFF))
    keepRuns()
    const key = beginStart(4)
    await vi.advanceTimersByTimeAsync(700)
    await reload()
    expect(findRun(key)?.state).toBe('paused')
    expect(findRun(key)?.why).toMatch(
      /^The page was reloaded\. What was sent is watched or read; the \d+ machines not begun wait for you\.$/,
    )
    await vi.advanceTimersByTimeAsync(5_000)
    goOn(key)
    const run = await passUntil(key, settled)
    expect(tally(run.items).done + tally(run.items).failed).toBe(60)
    const sent = world.writes.map(({ id }) => id)
    expect(new Set(sent).size).toBe(sent.length)
    for (const { id, result } of run.items)
      if (result === 'done') expect(world.machines.get(id)?.power_on).toBe(true)
  })

  test('read what was just being sent: done where the machine shows it, else not known', async () => {
    world = fleet(Array.from({ length: 8 }, () => OFF))
    keepRuns()
    world.fates.set(2, ['ignored'])
    const key = beginStart(2)
    world.writeMs = 1_000
    await vi.advanceTimersByTimeAsync(500)
    expect(operations().map(({ phase }) => phase)).toEqual(['sending', 'sending'])
    await reload()
    await vi.advanceTimersByTimeAsync(1_000)
    const [first, second, third] = findRun(key)?.items ?? []
    expect(first).toMatchObject({
      result: 'done',
      note: expect.stringMatching(
        /^The page was reloaded\. Read again at .*, it shows: Running, autoreboot_on yes\.$/,
      ),
    })
    expect(second).toMatchObject({ result: 'unclear', note: expect.stringMatching(/it shows: Stopped/) })
    expect(third).toMatchObject({ phase: 'queued', attempts: 0 })
  })

  test('find what was begun and not sent in the queue again', async () => {
    world = fleet(Array.from({ length: 8 }, () => OFF))
    keepRuns()
    const key = beginStart(2)
    // The list is there, the operations are checking.
    await vi.advanceTimersByTimeAsync(25)
    await vi.advanceTimersByTimeAsync(400)
    pauseRun(key)
    await vi.advanceTimersByTimeAsync(1_000)
    const run = findRun(key)!
    const [first] = run.items
    stored.set('bigv.bulk', JSON.stringify([{ ...run, items: undefined, groups: [REF], chunks: 1 }]))
    stored.set(
      `bigv.bulk.${key}.0`,
      JSON.stringify([[0, first!.id, 'web1', 0, { phase: 'begun', attempts: 1, begunAt: Date.now() }]]),
    )
    clearOperations()
    await reload()
    expect(findRun(key)?.items).toMatchObject([{ phase: 'queued', attempts: 0, operation: null }])
  })

  test('keep what still waits, and watch it to its end', async () => {
    world = fleet(Array.from({ length: 7 }, () => OFF))
    keepRuns()
    const key = beginStart(1)
    await passUntil(key, settled)
    const run = findRun(key)!
    stored.set(
      'bigv.bulk',
      JSON.stringify([
        { ...run, state: 'running', endedAt: null, items: undefined, groups: [REF], chunks: 1 },
      ]),
    )
    stored.set(
      `bigv.bulk.${key}.0`,
      JSON.stringify([[0, 1, 'web1', 0, { phase: 'begun', attempts: 1, begunAt: Date.now() - 10 }]]),
    )
    clearOperations()
    putOperation(
      operation({
        key: 'waits',
        run: key,
        target: { ...REF, id: 1, name: 'web1' },
        begunAt: Date.now(),
        patienceFrom: Date.now(),
        evidence: {
          answeredAt: Date.now(),
          headBefore: null,
          offSeen: false,
          headMoved: false,
          onReadings: 0,
        },
      }),
    )
    await reload()
    expect(findRun(key)?.items).toMatchObject([{ phase: 'begun', operation: 'waits' }])
    expect((await passUntil(key, ({ state }) => state === 'over')).items).toMatchObject([{ result: 'done' }])
  })
})

test('a storage that is full keeps none of a run, rather than half of it', async () => {
  world = fleet(Array.from({ length: 8 }, () => OFF))
  keepRuns()
  full = true
  await passUntil(beginStart(4), settled)
  await vi.advanceTimersByTimeAsync(1_000)
  full = false
  await reload()
  expect(runs()).toEqual([])
})

test('signing out forgets them, in memory and in the storage', async () => {
  world = fleet(Array.from({ length: 8 }, () => OFF))
  keepRuns()
  await passUntil(beginStart(4), settled)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([...stored.keys()].filter((key) => key.startsWith('bigv.bulk'))).toHaveLength(2)
  signOut()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(runs()).toEqual([])
  expect([...stored.keys()].filter((key) => key.startsWith('bigv.bulk'))).toEqual([])
})

test('another user’s runs are dropped when he signs in, and never shown to the next', async () => {
  world = fleet(Array.from({ length: 8 }, () => OFF))
  keepRuns()
  await passUntil(beginStart(4), settled)
  await vi.advanceTimersByTimeAsync(1_000)
  signIn({ ...DEMO, username: 'colleague' }, false)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(runs()).toEqual([])
  expect([...stored.keys()].filter((key) => key.startsWith('bigv.bulk.'))).toEqual([])
})
