import { afterEach, describe, expect, test, vi } from 'vitest'
import { askBeforeClosing } from '../../lib/browser/ask-before-closing.ts'
import { cancelSignInAgain, currentSession, signIn, signOut } from '../../session/session.ts'
import { setReadOnly } from '../../session/read-only.ts'
import { DEMO } from '../testing/machine-at-bigv.ts'
import { startWatch } from '../watch-rounds.ts'
import { findBatch, tally } from './batch.ts'
import { answerAll, pauseBatch, questionsOf, resumeBatch, stopBatch } from './control.ts'
import { begin, off, results, retry, settled } from './testing/bulk.ts'
import { passUntil, useFleet, type Fleet } from './testing/fleet.ts'

const signInAgain = () => signIn({ ...DEMO }, false)

startWatch()
const fleet = useFleet()
let world: Fleet
afterEach(() => setReadOnly(false))

describe('a batch that the user controls', () => {
  test('begins no machine while paused, and continues on resume', async () => {
    world = await fleet(off(20))
    const key = begin(world, 'start', { atOnce: 2 })
    await vi.advanceTimersByTimeAsync(3_500)
    pauseBatch(key)
    const sent = (await world.writes()).length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await world.writes()).toHaveLength(sent)
    expect(tally(findBatch(key)?.items ?? [])).toMatchObject({ running: 0, done: sent })
    expect(findBatch(key)).toMatchObject({ state: 'paused', why: '' })
    resumeBatch(key)
    expect(tally((await passUntil(key, settled)).items).done).toBe(20)
    expect(await world.writes()).toHaveLength(20)
  })

  test('sends nothing if paused during the list’s fetch', async () => {
    world = await fleet(off(20))
    const key = begin(world, 'start')
    await vi.advanceTimersByTimeAsync(5)
    pauseBatch(key)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await world.writes()).toEqual([])
  })

  test('puts machines whose requests haven’t been sent back in its queue when paused', async () => {
    world = await fleet(off(6))
    // Four starts are being sent; the other two wait, as no more than four run at a time.
    for (const no of [1, 2, 3, 4]) world.fates.set(no, ['hang'])
    const key = begin(world, 'start', { atOnce: 6 })
    await vi.advanceTimersByTimeAsync(3_000)
    expect(findBatch(key)?.items.filter(({ phase }) => phase === 'begun')).toHaveLength(6)
    pauseBatch(key)
    expect(tally(findBatch(key)?.items ?? [])).toMatchObject({ running: 4, queued: 2 })
    expect(findBatch(key)?.items[5]).toMatchObject({ phase: 'queued', attempts: 0 })
    await vi.advanceTimersByTimeAsync(700_000)
    expect(await world.writes()).toHaveLength(4)
  })

  test('leaves the rest queued when stopped, and can still be resumed', async () => {
    world = await fleet(off(20))
    const key = begin(world, 'start', { atOnce: 2 })
    await vi.advanceTimersByTimeAsync(3_500)
    stopBatch(key)
    const batch = await passUntil(key, settled)
    const { done, queued } = tally(batch.items)
    expect([batch.state, done + queued, done]).toEqual(['stopped', 20, (await world.writes()).length])
    resumeBatch(key)
    expect(tally((await passUntil(key, ({ state }) => state === 'over')).items).done).toBe(20)
  })

  test('retries only the failed machines on request', async () => {
    world = await fleet(off(9))
    world.fates.set(2, [400])
    world.fates.set(5, ['cut before'])
    const key = begin(world, 'start')
    await passUntil(key, settled)
    await world.forget()
    await retry(key, 'start')
    const batch = await passUntil(key, settled)
    expect(results(batch)).toEqual(off(9).map(() => 'done'))
    expect((await world.writes()).map(({ no }) => no)).toEqual([2, 5])
    expect(batch.items[1]).toMatchObject({ attempts: 2 })
    expect(batch.items[1]?.steps.map(({ trace }) => trace?.status)).toEqual([400, 200])
  })

  test('fetches before a retry, and sends nothing to machines that are done by then', async () => {
    world = await fleet(off(7))
    world.fates.set(4, ['cut after'])
    world.fates.set(5, [400])
    const key = begin(world, 'start')
    await passUntil(key, settled)
    await world.forget()
    await world.set(5, { power_on: true, autoreboot_on: true })
    await retry(key, 'start')
    const batch = await passUntil(key, settled)
    expect(await world.writes()).toEqual([])
    expect(batch.items[3]).toMatchObject({
      result: 'done',
      note: expect.stringMatching(/^No answer from BigV\. Checked at .*: Running/),
    })
    expect(batch.items[4]).toMatchObject({
      result: 'refused',
      note: expect.stringMatching(/Not sent again: already running\.$/),
    })
  })

  test('waits while the user has read-only mode on', async () => {
    world = await fleet(off(10))
    setReadOnly(true)
    const key = begin(world, 'start')
    await vi.advanceTimersByTimeAsync(10_000)
    expect([await world.writes(), await world.reads()]).toEqual([[], []])
    setReadOnly(false)
    expect(tally((await passUntil(key, settled)).items).done).toBe(10)
  })

  test('continues even if the browser says that it is offline', async () => {
    world = await fleet(off(10))
    vi.stubGlobal('navigator', { onLine: false })
    expect(tally((await passUntil(begin(world, 'start'), settled)).items).done).toBe(10)
  })
})

describe('a 401 to one of a batch’s requests', () => {
  test('pauses the batch if it was a write, which is sent once more after a new sign-in', async () => {
    world = await fleet(off(20))
    world.fates.set(3, [401])
    const key = begin(world, 'start', { atOnce: 2 })
    await vi.advanceTimersByTimeAsync(30_000)
    expect(currentSession().expired).toBe(true)
    expect(tally(findBatch(key)?.items ?? [])).toMatchObject({ done: 3, running: 1, queued: 16 })
    signInAgain()
    const batch = await passUntil(key, settled)
    expect(results(batch)).toEqual(off(20).map(() => 'done'))
    expect((await world.writes()).filter(({ no }) => no === 3).map(({ applied }) => applied)).toEqual([
      false,
      true,
    ])
    expect(await world.writes()).toHaveLength(21)
  })

  test('puts the machines back in the queue if it was for the list, and isn’t a failure', async () => {
    world = await fleet(off(10))
    world.readFates = [401]
    const key = begin(world, 'start')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await world.writes()).toEqual([])
    signInAgain()
    expect(tally((await passUntil(key, settled)).items).done).toBe(10)
  })

  test('isn’t counted as an attempt if it was for a machine’s fetch', async () => {
    world = await fleet(off(2))
    world.readFates = [401]
    const key = begin(world, 'start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(5_000)
    signInAgain()
    expect((await passUntil(key, settled)).items.map(({ result, attempts }) => [result, attempts])).toEqual([
      ['done', 1],
      ['done', 1],
    ])
  })

  test('makes the other machines wait if the user doesn’t sign in again, and sends nothing', async () => {
    world = await fleet(off(10))
    world.fates.set(1, [401])
    const key = begin(world, 'start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(5_000)
    cancelSignInAgain()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(findBatch(key)?.items[0]).toMatchObject({
      result: 'refused',
      note: expect.stringMatching(/^BigV rejected your sign-in \(401\).* Not sent again\.$/),
    })
    expect(await world.writes()).toHaveLength(1)
    signInAgain()
    expect(tally((await passUntil(key, settled)).items)).toMatchObject({ done: 9, failed: 1 })
  })

  test('leads to one dialog for all machines if signing in again took over a minute', async () => {
    world = await fleet(off(8))
    world.fates.set(1, [401])
    world.fates.set(2, [401])
    const key = begin(world, 'start', { atOnce: 2 })
    await vi.advanceTimersByTimeAsync(61_000)
    signInAgain()
    await vi.advanceTimersByTimeAsync(1_000)
    const questions = questionsOf(findBatch(key)!)
    expect(questions).toEqual([
      {
        note: 'More than a minute has passed. Send it anyway?',
        keys: [expect.any(String), expect.any(String)],
      },
    ])
    answerAll(questions[0]!.keys, true)
    expect(tally((await passUntil(key, settled)).items).done).toBe(8)
  })

  test('is followed by no more requests if another user signs in', async () => {
    world = await fleet(off(10))
    world.fates.set(1, [401])
    begin(world, 'start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(2_000)
    signIn({ ...DEMO, username: 'colleague' }, false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await world.writes()).toHaveLength(1)
  })

  test('is followed by no more requests if the user signs out', async () => {
    world = await fleet(off(10))
    begin(world, 'start', { atOnce: 1 })
    await vi.advanceTimersByTimeAsync(3_500)
    const sent = (await world.writes()).length
    signOut()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await world.writes()).toHaveLength(sent)
  })
})

// Comes last, because its wait would delay the next test, too.
test('a batch begins no machine if the browser asks whether to leave while the batch fetches', async () => {
  world = await fleet(off(3))
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  askBeforeClosing(() => true)
  const key = begin(world, 'start')
  page.dispatchEvent(new Event('beforeunload'))
  await vi.advanceTimersByTimeAsync(2_000)
  expect(await world.writes()).toEqual([])
  expect(tally((await passUntil(key, settled)).items).done).toBe(3)
})
