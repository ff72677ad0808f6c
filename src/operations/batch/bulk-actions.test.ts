import { describe, expect, test, vi } from 'vitest'
import type { SimpleAction } from '../../actions/action.ts'
import { simpleActions, type SimpleActionName } from '../../actions/index.ts'
import { purge } from '../../actions/lifecycle.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { operations, runningOn } from '../store.ts'
import { startWatch } from '../watch-rounds.ts'
import { findBatch, canRetry, tally, tallySentence } from './batch.ts'
import { beginBatch, retryFailed } from './control.ts'
import { fetchCandidates } from './fetch-machines.ts'
import { forecast, type Candidate } from './forecast.ts'
import { passUntil, useFleet, type Fleet, type Write } from './testing/fleet.ts'

type State = Pick<VirtualMachine, 'power_on' | 'autoreboot_on'> & { deleted?: boolean }

const ON: State = { power_on: true, autoreboot_on: true }
const ON_ONCE: State = { power_on: true, autoreboot_on: false }
const OFF: State = { power_on: false, autoreboot_on: false }
const DELETED: State = { ...OFF, deleted: true }
const PACE = { rolling: false, atOnce: 4 }
/** Enough of each kind that the batch first fetches the list, and the last few machines one by one. */
const EACH = 9

startWatch()
const fleet = useFleet()
let world: Fleet

const forecastNow = (action: SimpleAction, chosen: readonly Candidate[] = world.candidates) =>
  forecast(action, chosen, (id) => runningOn(operations(), id), Date.now())
const isOver = ({ state }: { state: string }) => state === 'over'
const as = (state: State) => Array.from({ length: EACH }, () => state)
/** The text of a write: "PUT {…}", "POST signal {…}", "DELETE ?purge=true". */
const requestText = ({ method, path, query, body }: Write) =>
  [method, path.split('/')[7], query, body && JSON.stringify(body)].filter(Boolean).join(' ')

const SIGNAL = 'POST signal {"signal":"powerdown"}'
const REBOOT = 'PUT {"autoreboot_on":true,"power_on":false}'

const ACTIONS: readonly [
  name: SimpleActionName,
  machine: State,
  sent: readonly string[],
  becomes: State | null,
  other: State,
  skippedNote: string,
][] = [
  ['start', OFF, ['PUT {"autoreboot_on":true,"power_on":true}'], ON, ON, 'Already running.'],
  ['shut_down', ON, ['PUT {"autoreboot_on":false}', SIGNAL], OFF, OFF, 'Not running.'],
  ['restart', ON_ONCE, ['PUT {"autoreboot_on":true}', SIGNAL], ON, OFF, 'Not running.'],
  ['stop', ON, ['PUT {"autoreboot_on":false,"power_on":false}'], OFF, OFF, 'Already stopped.'],
  ['reboot', ON, [REBOOT], ON, OFF, 'Not running.'],
  ['reset', ON, ['POST signal {"signal":"reset"}'], ON, OFF, 'Not running.'],
  ['autoreboot_on', ON_ONCE, ['PUT {"autoreboot_on":true}'], ON, ON, 'Already on.'],
  ['autoreboot_off', ON, ['PUT {"autoreboot_on":false}'], ON_ONCE, ON_ONCE, 'Already off.'],
  ['delete', OFF, ['DELETE'], DELETED, DELETED, 'Already deleted.'],
  ['undelete', DELETED, ['PUT {"deleted":false}'], { ...OFF, deleted: false }, ON, 'Not deleted.'],
  ['purge', DELETED, ['DELETE purge=true'], null, ON, ''],
]

describe.each(ACTIONS)('a batch of %s', (name, state, sent, becomes, other, skippedNote) => {
  test('sends each suitable machine its requests once, and skips the others', async () => {
    const action = simpleActions[name]
    world = await fleet([...as(state), ...as(other)])
    // A purge skips no machine, so only those to purge are selected.
    const chosen = world.candidates.slice(0, skippedNote === '' ? EACH : 2 * EACH)
    const batch = await passUntil(beginBatch(action, forecastNow(action, chosen), PACE), isOver)

    const results = batch.items.map(({ result, note, attempts }) => [result, note, attempts])
    const done = as(state).map(() => ['done', '', 1])
    expect(results).toEqual(
      skippedNote === '' ? done : [...done, ...as(other).map(() => ['skipped', skippedNote, 0])],
    )
    expect(tallySentence(tally(batch.items))).toBe(`${EACH} of ${EACH}: ${EACH} done`)
    const writes = await world.writes()
    for (let no = 1; no <= EACH; no++) {
      expect(writes.filter((write) => write.no === no).map(requestText)).toEqual(sent)
      const vm = await world.vm(no)
      if (becomes === null) expect(vm).toBeUndefined()
      else expect(vm).toMatchObject(becomes)
    }
    expect(writes).toHaveLength(EACH * sent.length)
    for (let no = EACH + 1; no <= 2 * EACH; no++) expect(await world.vm(no)).toMatchObject(other)
    expect(world.mostRunning).toBeLessThanOrEqual(PACE.atOnce)
  })
})

describe('a batch of purge', () => {
  test('purges deleted, running and stopped machines, all in parallel', async () => {
    world = await fleet([...as(DELETED), ...as(ON), ...as(OFF)])
    const key = beginBatch(purge, forecastNow(purge), { ...PACE, atOnce: 50 })
    const batch = await passUntil(key, isOver)
    expect(batch.items.map(({ result, note }) => [result, note])).toEqual(batch.items.map(() => ['done', '']))
    expect(await Promise.all(batch.items.map((_, at) => world.vm(at + 1)))).toEqual(
      batch.items.map(() => undefined),
    )
    expect((await world.writes()).map(requestText)).toEqual(batch.items.map(() => 'DELETE purge=true'))
  })

  test('sends nothing to a machine that is gone before its turn, and calls it not sent', async () => {
    world = await fleet(as(DELETED))
    const chosen = forecastNow(purge)
    await world.remove(2)
    await world.remove(EACH)
    const batch = await passUntil(beginBatch(purge, chosen, { ...PACE, atOnce: 1 }), isOver)
    expect(tally(batch.items)).toMatchObject({ done: EACH - 2, 'not sent': 2 })
    for (const at of [1, EACH - 1]) {
      expect(batch.items[at]).toMatchObject({
        result: 'not sent',
        note: 'The machine was not found, or you don’t have access.',
      })
    }
    expect((await world.writes()).map(({ no }) => no)).toEqual([1, 3, 4, 5, 6, 7, 8])
  })

  test('calls a machine done if it is gone without an answer, and retries the others', async () => {
    world = await fleet(as(DELETED))
    world.fates.set(3, ['cut after'])
    world.fates.set(5, ['cut before'])
    const key = beginBatch(purge, forecastNow(purge), PACE)
    const batch = await passUntil(key, isOver)
    expect(tally(batch.items)).toMatchObject({ done: EACH - 1, unclear: 1 })
    expect(batch.items[2]?.note).toBe('The connection failed before BigV answered. The machine is gone now.')
    expect(batch.items[4]).toMatchObject({
      result: 'unclear',
      note: expect.stringMatching(/Checked at .*: Deleted/),
    })
    await world.forget()
    const fetching = fetchCandidates(batch.items.filter(canRetry))
    await vi.advanceTimersByTimeAsync(1_000)
    retryFailed(key, forecastNow(purge, await fetching), PACE)
    const retried = await passUntil(key, isOver)
    expect(tally(retried.items)).toMatchObject({ done: EACH, unclear: 0 })
    expect((await world.writes()).map(({ no }) => no)).toEqual([5])
  })

  test('calls a machine done, without a retry, if someone else has purged it in the meantime', async () => {
    world = await fleet(as(DELETED))
    world.fates.set(5, ['cut before'])
    const key = beginBatch(purge, forecastNow(purge), PACE)
    const batch = await passUntil(key, isOver)
    await world.remove(5)
    const fetching = fetchCandidates(batch.items.filter(canRetry))
    await vi.advanceTimersByTimeAsync(1_000)
    retryFailed(key, forecastNow(purge, await fetching), PACE)
    expect(tally((await passUntil(key, isOver)).items)).toMatchObject({ done: EACH, failed: 0 })
    expect(findBatch(key)?.items[4]?.note).toMatch(
      /^No answer from BigV\. Checked at .* the machine was not found/,
    )
    expect(await world.writes()).toHaveLength(EACH)
  })
})
