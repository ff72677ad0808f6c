import { beforeEach, describe, expect, test, vi } from 'vitest'
import { start } from '../../actions/power.ts'
import { REF } from '../../api/testing/machines.ts'
import { fakeStorage } from '../../lib/testing/fake-storage.ts'
import { signIn, signOut } from '../../session/session.ts'
import { clearOperations, operations, putOperation, runningOn } from '../store.ts'
import { DEMO } from '../testing/machine-at-bigv.ts'
import { operation } from '../testing/samples.ts'
import { startWatch } from '../watch-rounds.ts'
import { batches, findBatch, tally } from './batch.ts'
import { beginBatch, pauseBatch, resumeBatch } from './control.ts'
import { forecast } from './forecast.ts'
import { keepBatches } from './stored-batches.ts'
import { off, settled } from './testing/bulk.ts'
import { passUntil, useFleet, type Fleet } from './testing/fleet.ts'

/** Fast enough that some machines finish within a second, but not all. */
const QUICK = { startMs: 100 }

const fleet = useFleet()
let world: Fleet
let stored: Map<string, string>
let full: boolean

class Entries extends Map<string, string> {
  override set(key: string, value: string) {
    if (full) throw new Error('QuotaExceededError')
    return super.set(key, value)
  }
}

startWatch()
beforeEach(() => {
  full = false
  stored = new Entries()
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => stored),
  )
})

function beginStart(atOnce: number): string {
  const now = forecast(start, world.candidates, (id) => runningOn(operations(), id), Date.now())
  return beginBatch(start, now, { rolling: false, atOnce })
}

/** Reloads the page: only its storage and its stored operations survive. */
async function reload(): Promise<void> {
  const kept = operations()
  const left = new Entries(stored)
  signOut()
  await vi.advanceTimersByTimeAsync(1_000)
  batches.set([])
  clearOperations()
  stored = left
  for (const each of kept) {
    // The same as operations/stored-operations.ts does.
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

describe('batches after a reload', () => {
  test('keep their results, and begin nothing until resumed', async () => {
    world = await fleet([...off(250), {}], QUICK)
    keepBatches()
    world.fates.set(2, [400])
    const key = beginStart(4)
    await vi.advanceTimersByTimeAsync(1_000)
    pauseBatch(key)
    await vi.advanceTimersByTimeAsync(1_000)
    const before = findBatch(key)
    await reload()
    expect(findBatch(key)).toEqual(before)
    const sent = (await world.writes()).length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await world.writes()).toHaveLength(sent)
    resumeBatch(key)
    const batch = await passUntil(key, settled)
    expect(tally(batch.items)).toMatchObject({ total: 250, done: 249, failed: 1, skipped: 1 })
    expect(await world.writes()).toHaveLength(250)
  })

  test('are paused, and send no request a second time', async () => {
    world = await fleet(off(60), QUICK)
    keepBatches()
    const key = beginStart(4)
    await vi.advanceTimersByTimeAsync(700)
    await reload()
    expect(findBatch(key)?.state).toBe('paused')
    expect(findBatch(key)?.why).toMatch(
      /^The page was reloaded\. Sent requests are still being checked; \d+ queued machines wait for you to resume\.$/,
    )
    await vi.advanceTimersByTimeAsync(5_000)
    resumeBatch(key)
    const batch = await passUntil(key, settled)
    expect(tally(batch.items).done + tally(batch.items).failed).toBe(60)
    const sent = (await world.writes()).map(({ no }) => no)
    expect(new Set(sent).size).toBe(sent.length)
    for (const [at, { result }] of batch.items.entries())
      if (result === 'done') expect((await world.vm(at + 1))?.power_on).toBe(true)
  })

  test('fetch machines whose requests got no answer: done if the fetch shows it, else unclear', async () => {
    world = await fleet(off(8), { startMs: 1_000 })
    keepBatches()
    world.fates.set(2, ['hang'])
    const key = beginStart(2)
    await vi.advanceTimersByTimeAsync(500)
    expect(operations().map(({ phase }) => phase)).toEqual(['sending', 'sending'])
    await reload()
    await vi.advanceTimersByTimeAsync(1_000)
    const [first, second, third] = findBatch(key)?.items ?? []
    expect(first).toMatchObject({
      result: 'done',
      note: expect.stringMatching(/^The page was reloaded\. Checked at .*: Running, automatic restart on\.$/),
    })
    expect(second).toMatchObject({ result: 'unclear', note: expect.stringMatching(/: Stopped/) })
    expect(third).toMatchObject({ phase: 'queued', attempts: 0 })
  })

  test('put a machine back in the queue if no request was sent to it', async () => {
    world = await fleet(off(8), QUICK)
    keepBatches()
    const key = beginStart(2)
    // The list has arrived, and the operations are checking.
    await vi.advanceTimersByTimeAsync(25)
    await vi.advanceTimersByTimeAsync(400)
    pauseBatch(key)
    await vi.advanceTimersByTimeAsync(1_000)
    const batch = findBatch(key)!
    const [first] = batch.items
    const items = [[0, first!.id, 'web1', 0, { phase: 'begun', attempts: 1, begunAt: Date.now() }]]
    stored.set('bigv.bulk', JSON.stringify([{ ...batch, groups: [REF], items }]))
    clearOperations()
    await reload()
    expect(findBatch(key)?.items).toMatchObject([{ phase: 'queued', attempts: 0, operation: null }])
  })

  test('still watch a machine that was waiting, until it is done', async () => {
    world = await fleet(off(7), QUICK)
    keepBatches()
    const key = beginStart(1)
    await passUntil(key, settled)
    const batch = findBatch(key)!
    const { id } = batch.items[0]!
    const items = [[0, id, 'web1', 0, { phase: 'begun', attempts: 1, begunAt: Date.now() - 10 }]]
    stored.set(
      'bigv.bulk',
      JSON.stringify([{ ...batch, state: 'running', endedAt: null, groups: [REF], items }]),
    )
    clearOperations()
    putOperation(
      operation({
        key: 'waits',
        batch: key,
        target: { ...REF, id, name: 'web1' },
        begunAt: Date.now(),
        patienceFrom: Date.now(),
        evidence: {
          answeredAt: Date.now(),
          headBefore: null,
          offSeen: false,
          headMoved: false,
          timesSeenOn: 0,
        },
      }),
    )
    await reload()
    expect(findBatch(key)?.items).toMatchObject([{ phase: 'begun', operation: 'waits' }])
    expect((await passUntil(key, ({ state }) => state === 'over')).items).toMatchObject([{ result: 'done' }])
  })
})

test('a batch isn’t stored at all if the storage is full', async () => {
  world = await fleet(off(8), QUICK)
  keepBatches()
  full = true
  await passUntil(beginStart(4), settled)
  await vi.advanceTimersByTimeAsync(1_000)
  full = false
  await reload()
  expect(batches.get()).toEqual([])
})

test('a stored batch is removed if the storage becomes full', async () => {
  world = await fleet(off(8), QUICK)
  keepBatches()
  const key = beginStart(1)
  await vi.advanceTimersByTimeAsync(400)
  expect(stored.has('bigv.bulk')).toBe(true)
  full = true
  await passUntil(key, settled)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(stored.has('bigv.bulk')).toBe(false)
})

/** The batches that are loaded at sign-in from this stored value. */
const loaded = async (value: unknown) => {
  world = await fleet([])
  keepBatches()
  signOut()
  stored.set('bigv.bulk', JSON.stringify(value))
  signIn(DEMO, false)
  return batches.get()
}

describe('a stored batch', () => {
  const BATCH = {
    key: 'k',
    username: 'demo',
    action: 'start',
    rolling: false,
    atOnce: 4,
    state: 'over',
    why: '',
    begunAt: 1,
    endedAt: 2,
    groups: [REF],
    items: [[0, 1, 'web1', 0, { phase: 'ended', result: 'done', attempts: 1 }]],
  }
  test('of an earlier version is loaded, with its results under their current names', async () => {
    const { action: _, items: __, ...batch } = BATCH
    const results = ['done', 'left alone', 'overtaken', 'given up']
    const items = results.map((result, at) => [0, at + 1, `web${at + 1}`, 0, { phase: 'ended', result }])
    world = await fleet([])
    keepBatches()
    signOut()
    stored.set('bigv.bulk.k.0', JSON.stringify(items.slice(0, 3)))
    stored.set('bigv.bulk.k.1', JSON.stringify(items.slice(3)))
    stored.set(
      'bigv.bulk',
      JSON.stringify([
        { ...batch, task: { action: 'start' }, chunks: 2 },
        { ...batch, key: 'of another action', task: { action: 'set_autoreboot' }, chunks: 0 },
        { ...batch, key: 'with a part missing', task: { action: 'start' }, chunks: 1 },
      ]),
    )
    signIn(DEMO, false)
    expect(batches.get()).toMatchObject([{ key: 'k', action: 'start' }])
    expect(findBatch('k')?.items.map(({ id, result }) => [id, result])).toEqual([
      [1, 'done'],
      [2, 'skipped'],
      [3, 'superseded'],
      [4, 'no longer watching'],
    ])
    expect([...stored.keys()].filter((key) => key.startsWith('bigv.bulk.'))).toEqual([])
  })

  test('has its requests again, even those without a body or an answer', async () => {
    const trace = { method: 'DELETE', path: '/x', status: 204, startedAt: 1, duration: 2 }
    const steps = [
      { method: 'DELETE', path: '/x', trace },
      { method: 'DELETE', path: '/x', trace: null },
    ]
    const items = [[0, 1, 'web1', 0, { phase: 'ended', result: 'done', steps }]]
    expect((await loaded([{ ...BATCH, action: 'delete', items }]))[0]?.items[0]?.steps).toMatchObject(steps)
  })

  test('is left out if it is invalid or another user’s', async () => {
    expect(await loaded([BATCH])).toMatchObject([{ key: 'k', items: [{ ref: REF, id: 1, result: 'done' }] }])
    const [item] = BATCH.items
    const others = [
      null,
      'k',
      {},
      { ...BATCH, username: 'colleague' },
      { ...BATCH, action: 'explode' },
      { ...BATCH, state: 'left' },
      { ...BATCH, items: undefined },
      { ...BATCH, items: [[1, ...item!.slice(1)]] },
      { ...BATCH, items: [[...item!.slice(0, 4), { result: 'left' }]] },
    ]
    for (const other of others) expect(await loaded([other])).toEqual([])
    for (const none of [null, 'k', {}]) expect(await loaded(none)).toEqual([])
  })
})

test('signing out removes all batches from memory and storage', async () => {
  world = await fleet(off(8), QUICK)
  keepBatches()
  await passUntil(beginStart(4), settled)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([...stored.keys()].filter((key) => key.startsWith('bigv.bulk'))).toHaveLength(1)
  signOut()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(batches.get()).toEqual([])
  expect([...stored.keys()].filter((key) => key.startsWith('bigv.bulk'))).toEqual([])
})

test('a user’s batches are dropped if another user signs in', async () => {
  world = await fleet(off(8), QUICK)
  keepBatches()
  await passUntil(beginStart(4), settled)
  await vi.advanceTimersByTimeAsync(1_000)
  signIn({ ...DEMO, username: 'colleague' }, false)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(batches.get()).toEqual([])
  expect(stored.get('bigv.bulk') ?? '').not.toContain('web1')
})
