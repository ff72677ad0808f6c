import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { queryClient } from '../api/query-client.ts'
import { REF } from '../api/testing/machines.ts'
import { cut, status } from '../api/testing/simulated-bigv.ts'
import { machineQueries } from '../api/virtual-machines.ts'
import { refuseCredentials, signIn, signOut } from '../session/session.ts'
import { isOverdue, type Operation } from './operation.ts'
import { clearOperations, findOperation, operations, putOperation } from './store.ts'
import { DEMO, until, useMachineAtBigv } from './testing/machine-at-bigv.ts'
import { operation } from './testing/samples.ts'
import { startWatch } from './watch-rounds.ts'

const OFF = { power_on: false, autoreboot_on: false }
const OFF_FOR_NOW = { power_on: false, autoreboot_on: true }
const START = 20_000

const bigv = useMachineAtBigv(OFF)

beforeEach(async () => {
  // The machines change only when a test changes them.
  await bigv.control.pauseTime()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START })
})
afterEach(async () => {
  clearOperations()
  queryClient.clear()
  signOut()
  await vi.runOnlyPendingTimersAsync()
  vi.useRealTimers()
})

const target = (id: number | null, name = 'web', group = REF.group) => ({ ...REF, group, id, name })
const ANSWERED = { answeredAt: START, headBefore: 'head1', offSeen: false, headMoved: false, timesSeenOn: 0 }
/** Begins to watch a start of the machine, which is off, or the given operation. */
const watch = (given: Partial<Operation> = {}) =>
  putOperation(operation({ target: bigv.target, evidence: ANSWERED, patienceFrom: START, ...given }))
const restart = (given: Partial<Operation> = {}) =>
  watch({ action: 'restart', overdueAfter: 180_000, ...given })
const turnOn = () => bigv.set({ power_on: true })

const paths = async () =>
  (await bigv.received()).map(
    ({ path, query }) =>
      `${path.replace('/accounts/acme/groups/', '')}?${String(new URLSearchParams(query))}`,
  )
const web = () => `default/virtual_machines/${bigv.id}?view=overview&include_deleted=true`

/** Adds machines web1 and so on to acme's group "default"; returns their ids. */
async function addMachines(count: number, given: { power_on: boolean }): Promise<number[]> {
  const ids = []
  for (let no = 1; no <= count; no++) ids.push(await bigv.add({ ...given, name: `web${no}`, cores: 1 }))
  return ids
}

/** Holds back the next answers; returns a function that releases them. */
function holdAnswers(): () => void {
  const held: (() => void)[] = []
  bigv.onAnswer = () => new Promise<void>((resolve) => held.push(resolve))
  return () => {
    for (const release of held) release()
  }
}

describe('the watch over operations that wait', () => {
  startWatch()

  test('fetches a machine by its id every two seconds until it is done', async () => {
    watch()
    await vi.advanceTimersByTimeAsync(1_999)
    expect(await bigv.received()).toEqual([])
    await round('k', 1)
    expect(findOperation('k')?.phase).toBe('waiting')
    await turnOn()
    expect(await round()).toMatchObject({ outcome: 'done' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await paths()).toEqual([web(), web()])
  })

  test('ends an operation, or calls it overdue, even if the computer’s clock is put back', async () => {
    const ahead = START + 86_400_000
    watch({ begunAt: ahead, patienceFrom: ahead, evidence: { ...ANSWERED, answeredAt: ahead } })
    await turnOn()
    const release = holdAnswers()
    await vi.advanceTimersByTimeAsync(3_000)
    const corrected = START + 1_000
    expect(findOperation('k')).toMatchObject({
      phase: 'waiting',
      begunAt: corrected,
      patienceFrom: corrected,
    })
    expect(isOverdue(operations()[0] ?? operation(), corrected + 60_000)).toBe(true)
    release()
    expect(await until('k', 'ended')).toMatchObject({ outcome: 'done' })
  })

  test('fetches a new machine by its name, then by its id once the id is known', async () => {
    watch({ action: 'create', target: target(null) })
    await round()
    await round()
    expect(await paths()).toEqual(['default/virtual_machines/web?view=overview&include_deleted=true', web()])
  })

  test('takes a 404 to mean that the machine is gone', async () => {
    await bigv.control.removeMachine(bigv.id)
    watch()
    expect(await round()).toMatchObject({ outcome: 'superseded' })
  })

  test.each([
    ['gets a 500', status(500)],
    ['gets a 403', status(403)],
    ['is cut off', cut],
  ])('continues after a fetch that %s, which shows nothing', async (_, fault) => {
    await bigv.answer('GET', fault)
    watch()
    await turnOn()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await bigv.received()).toHaveLength(1)
    expect(findOperation('k')?.phase).toBe('waiting')
    await vi.advanceTimersByTimeAsync(6_000)
    expect(await bigv.received()).toHaveLength(2)
    expect(findOperation('k')).toMatchObject({ outcome: 'done' })
  })

  test('waits as long as BigV’s Retry-After says', async () => {
    await bigv.answer('GET', { ...status(429), headers: { 'Retry-After': '30' } })
    watch()
    await turnOn()
    const [first = 0, second = 0] = await requestTimes(2)
    expect(second - first).toBeGreaterThanOrEqual(30_000)
    expect(await until('k', 'ended')).toMatchObject({ outcome: 'done' })
  })

  test('doubles the pause after each failure', async () => {
    await bigv.answer('GET', status(500), cut, status(503))
    watch()
    await turnOn()
    const times = await requestTimes(4)
    const pauses = times.slice(1).map((time, i) => time - (times[i] ?? 0))
    for (const [i, atLeast] of [4_000, 8_000, 16_000].entries())
      expect(pauses[i]).toBeGreaterThanOrEqual(atLeast)
    expect(await until('k', 'ended')).toMatchObject({ outcome: 'done' })
  })

  test('waits for a slow fetch before the next fetch of the same machine', async () => {
    await turnOn()
    const release = holdAnswers()
    watch()
    await vi.advanceTimersByTimeAsync(12_000)
    expect(await bigv.received()).toHaveLength(1)
    release()
    expect(await until('k', 'ended')).toMatchObject({ outcome: 'done' })
  })

  test('continues for one machine while the fetch of another hangs', async () => {
    const id = await bigv.add({ ...OFF, name: 'slow' })
    await bigv.answer('GET', { kind: 'hang', match: { path: `/${id}$` } })
    watch({ key: 'slow', target: target(id, 'slow') })
    watch()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await bigv.received()).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await bigv.received()).toHaveLength(3)
    expect((await paths()).at(-1)).toBe(web())
  })

  test('pauses while nobody is signed in, and continues after a sign-in', async () => {
    refuseCredentials(DEMO)
    watch()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await bigv.received()).toEqual([])
    signIn(DEMO, false)
    await turnOn()
    expect(await round()).toMatchObject({ outcome: 'done' })
  })

  test('leaves another tab’s operations to that tab', async () => {
    watch({ otherTab: true })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await bigv.received()).toEqual([])
  })

  test('fetches one list per group every five seconds for more than five machines', async () => {
    const ids = await addMachines(5, { power_on: true })
    for (const [at, id] of ids.entries()) watch({ key: `k${at + 1}`, target: target(id, `web${at + 1}`) })
    const elsewhere = await bigv.add({ name: 'web6', group: 'empty', power_on: true })
    watch({ key: 'k6', target: target(elsewhere, 'web6', 'empty') })
    await vi.advanceTimersByTimeAsync(5_000)
    await Promise.all(['k1', 'k2', 'k3', 'k4', 'k5', 'k6'].map((key) => until(key, 'ended')))
    expect((await paths()).toSorted()).toEqual([
      'default/virtual_machines?include_deleted=true',
      'empty/virtual_machines?include_deleted=true',
    ])
  })

  describe('a restart', () => {
    beforeEach(() => bigv.set({ power_on: true }))
    test('is watched every second until the machine is seen off, then every two seconds', async () => {
      restart()
      expect(await pass(10)).toBe(10)
      await bigv.set(OFF_FOR_NOW)
      await pass(1)
      expect(findOperation('k')?.evidence?.offSeen).toBe(true)
      expect(await pass(10)).toBe(5)
    })

    test('is watched every two seconds once it is overdue', async () => {
      restart({ overdueAfter: 5_000 })
      await pass(6)
      expect(await pass(10)).toBe(5)
    })

    test('among many is seen off as well, as five machines a second take turns', async () => {
      const ids = await addMachines(10, { power_on: true })
      for (const [at, id] of ids.entries()) restart({ key: `k${at}`, target: target(id, `web${at + 1}`) })
      expect(await pass(10)).toBe(52)
      const received = await bigv.received()
      const times = (id: number) => received.filter(({ path }) => path.endsWith(`/${id}`)).length
      expect(ids.map(times)).toEqual(ids.map(() => 5))
    })

    test('is watched more slowly for a minute after a 429', async () => {
      restart()
      await bigv.answer('GET', status(429))
      await pass(2)
      expect(await pass(60)).toBeLessThanOrEqual(13)
      await pass(5)
      expect(await pass(10)).toBe(10)
    })
  })

  test('takes a machine that its group’s list lacks to be gone', async () => {
    const ids = await addMachines(6, { power_on: true })
    await bigv.control.removeMachine(ids[5] ?? 0)
    for (const [at, id] of ids.entries()) watch({ key: `k${at + 1}`, target: target(id, `web${at + 1}`) })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await until('k6', 'ended')).toMatchObject({ outcome: 'superseded' })
    expect(await until('k5', 'ended')).toMatchObject({ outcome: 'done' })
  })

  test('fetches machines in parallel if a list isn’t enough, and doesn’t show older rows', async () => {
    const ids = await addMachines(6, { power_on: true })
    for (const [at, id] of ids.entries())
      watch({ key: `k${at + 1}`, action: 'create', target: target(id, `web${at + 1}`) })
    const held: (() => void)[] = []
    bigv.onRequest = ({ url }) =>
      url.includes('virtual_machines/') ? new Promise<void>((resolve) => held.push(resolve)) : undefined
    await vi.advanceTimersByTimeAsync(5_000)
    expect(held).toHaveLength(6)
    for (const id of ids) await bigv.control.setMachine(id, { cores: 2 })
    for (const send of held) send()
    await Promise.all(['k1', 'k2', 'k3', 'k4', 'k5', 'k6'].map((key) => until(key, 'ended')))
    await vi.waitFor(() => expect(ids.map(shownCores)).toEqual([2, 2, 2, 2, 2, 2]))
  })

  test('ignores a row that was requested before the page’s newer fetch of the same machine', async () => {
    const ids = await addMachines(6, { power_on: false })
    const [first = 0, ...others] = ids
    const show = async (id: number, cores: number) =>
      queryClient.setQueryData(machineQueries.detail(REF, id).queryKey, {
        vm: { ...(await bigv.control.machine(id)), cores },
        creating: false,
      })
    for (const [at, id] of ids.entries()) {
      watch({ key: `k${at + 1}`, target: target(id, `web${at + 1}`) })
      await show(id, 1)
    }
    bigv.onRequest = async () => {
      vi.setSystemTime(Date.now() + 1)
      await show(first, 2)
      for (const id of others) await bigv.control.setMachine(id, { cores: 4 })
    }
    await vi.advanceTimersByTimeAsync(5_000)
    await vi.waitFor(() => expect(others.map(shownCores)).toEqual([4, 4, 4, 4, 4]))
    expect(shownCores(first)).toBe(2)
  })
})

const shownCores = (id: number) => queryClient.getQueryData(machineQueries.detail(REF, id).queryKey)?.vm.cores

/** Advances the time until BigV has received `count` requests; returns their times. */
async function requestTimes(count: number): Promise<number[]> {
  for (;;) {
    const received = await bigv.received()
    if (received.length >= count) return received.map(({ at }) => at)
    await vi.advanceTimersByTimeAsync(500)
  }
}

const unanswered = new Set<Request>()

/** Advances the time by seconds, and lets the page handle all answers after each of them. Returns how many requests BigV received. */
async function pass(seconds: number): Promise<number> {
  const before = (await bigv.received()).length
  bigv.onRequest = (request) => unanswered.add(request)
  bigv.onAnswer = (request) => unanswered.delete(request)
  for (let second = 0; second < seconds; second++) {
    await vi.advanceTimersByTimeAsync(1_000)
    do await handled()
    while (unanswered.size > 0)
    await handled()
  }
  return (await bigv.received()).length - before
}

/** Waits until the page has handled an answer that has arrived: a few turns of the event loop, as timers are fake. */
async function handled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Advances the time to the next fetch of the watch, and waits until that has updated the operation. */
async function round(key = 'k', ms = 2_000): Promise<Operation> {
  const before = findOperation(key)
  await vi.advanceTimersByTimeAsync(ms)
  return until(key, (now) => now !== before)
}
