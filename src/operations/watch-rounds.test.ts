import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { queryClient } from '../api/query-client.ts'
import { cut, json, startFakeBigv, status, type FakeBigv } from '../api/testing/fake-bigv.ts'
import { machine, REF } from '../api/testing/machines.ts'
import { machineQueries, type VirtualMachine } from '../api/virtual-machines.ts'
import { refuseCredentials, signIn, signOut } from '../session/session.ts'
import { isOverdue, type Operation } from './operation.ts'
import { clearOperations, findOperation, operations, putOperation } from './store.ts'
import { DEMO, until } from './testing/machine-at-bigv.ts'
import { operation } from './testing/samples.ts'
import { startWatch } from './watch-rounds.ts'

const OFF = { power_on: false, autoreboot_on: true }
const START = 20_000

let bigv: FakeBigv
let machines: VirtualMachine[]
/** What to do in place of the next answers. */
let special: FakeBigv['answer'][]
/** When BigV was asked, ms since 1970. */
let asked: number[]

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START })
  bigv = await startFakeBigv()
  machines = [machine(OFF)]
  special = []
  asked = []
  bigv.answer = (request, response) => {
    asked.push(Date.now())
    const answer = special.shift()
    if (answer) {
      answer(request, response)
      return
    }
    const [path = ''] = request.path.split('?')
    const name = decodeURIComponent(path.split('/')[6] ?? '')
    if (name === '') json(response, 200, machines)
    else
      one(
        response,
        machines.find((vm) => String(vm.id) === name || vm.name === name),
      )
  }
  signIn(DEMO, false)
})
afterEach(async () => {
  clearOperations()
  queryClient.clear()
  signOut()
  await vi.runOnlyPendingTimersAsync()
  vi.useRealTimers()
  await bigv.close()
})

const one = (response: ServerResponse, vm: VirtualMachine | undefined) =>
  vm ? json(response, 200, vm) : response.writeHead(404).end()
const paths = () => bigv.received.map(({ path }) => path.replace('/accounts/acme/groups/', ''))
const WEB = 'default/virtual_machines/7?view=overview&include_deleted=true'
const create = () => operation({ action: 'create', target: { ...REF, id: null, name: 'web' } })

describe('the watch', () => {
  startWatch()

  test('reads a machine every two seconds, by its id, until it is done', async () => {
    putOperation(operation())
    await vi.advanceTimersByTimeAsync(1_999)
    expect(bigv.received).toEqual([])
    await round('k', 1)
    expect(findOperation('k')?.phase).toBe('waiting')
    machines = [machine()]
    expect(await round()).toMatchObject({ outcome: 'done' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(paths()).toEqual([WEB, WEB])
  })

  test('is held up by no clock that was ahead and is put right: a sight counts, and so does the time until it is overdue', async () => {
    const ahead = START + 86_400_000
    const evidence = {
      answeredAt: ahead,
      headBefore: 'head1',
      offSeen: false,
      headMoved: false,
      timesSeenOn: 0,
    }
    putOperation(operation({ begunAt: ahead, patienceFrom: ahead, evidence }))
    machines = [machine()]
    await round()
    const put = START + 2_000
    expect(findOperation('k')).toMatchObject({ phase: 'waiting', begunAt: put, patienceFrom: put })
    expect(isOverdue(operations()[0] ?? operation(), put + 60_000)).toBe(true)
    expect(await until('k', 'ended')).toMatchObject({ outcome: 'done' })
  })

  test('looks for a new machine by its name, and by its id once it is known', async () => {
    putOperation(create())
    await round()
    await round()
    expect(paths()).toEqual(['default/virtual_machines/web?view=overview&include_deleted=true', WEB])
  })

  test('takes 404 for gone', async () => {
    machines = []
    putOperation(operation())
    expect(await round()).toMatchObject({ outcome: 'superseded' })
  })

  test.each([status(500), status(403), cut])('takes a reading that failed for nothing', async (answer) => {
    special = [answer]
    putOperation(operation())
    machines = [machine()]
    await vi.advanceTimersByTimeAsync(2_000)
    await vi.waitFor(() => expect(bigv.received).toHaveLength(1))
    expect(await eventually(round)).toMatchObject({ outcome: 'done' })
  })

  test('asks again no sooner than BigV wants, Retry-After', async () => {
    special = [(_, response) => response.writeHead(429, { 'Retry-After': '30' }).end()]
    putOperation(operation())
    machines = [machine()]
    const [first = 0, second = 0] = await askedTimes(2)
    expect(second - first).toBeGreaterThanOrEqual(30_000)
    expect(await until('k', 'ended')).toMatchObject({ outcome: 'done' })
  })

  test('doubles its pause with each failure', async () => {
    special = [status(500), cut, status(503)]
    putOperation(operation())
    machines = [machine()]
    const times = await askedTimes(4)
    const pauses = times.slice(1).map((time, i) => time - (times[i] ?? 0))
    for (const [i, atLeast] of [4_000, 8_000, 16_000].entries())
      expect(pauses[i]).toBeGreaterThanOrEqual(atLeast)
    expect(await until('k', 'ended')).toMatchObject({ outcome: 'done' })
  })

  test('reads one after the other: a reading that hangs is waited for', async () => {
    const asked = new Promise<ServerResponse>((resolve) => {
      special = [(_, response) => resolve(response)]
    })
    putOperation(operation())
    await vi.advanceTimersByTimeAsync(2_000)
    const response = await asked
    await vi.advanceTimersByTimeAsync(10_000)
    expect(bigv.received).toHaveLength(1)
    one(response, machine())
    expect(await until('k', 'ended')).toMatchObject({ outcome: 'done' })
  })

  test('is not held up by a reading of another machine that hangs', async () => {
    machines.push(machine({ ...OFF, id: 8, name: 'slow' }))
    putOperation(operation({ key: 'slow', target: { ...REF, id: 8, name: 'slow' } }))
    putOperation(operation())
    special.push(() => {})
    await vi.advanceTimersByTimeAsync(2_000)
    await vi.waitFor(() => expect(bigv.received).toHaveLength(2))
    await vi.advanceTimersByTimeAsync(2_000)
    await vi.waitFor(() => expect(bigv.received).toHaveLength(3))
    expect(paths().at(-1)).toBe(WEB)
  })

  test('rests while nobody is signed in, and goes on afterwards', async () => {
    refuseCredentials(DEMO)
    putOperation(operation())
    await vi.advanceTimersByTimeAsync(20_000)
    expect(bigv.received).toEqual([])
    signIn(DEMO, false)
    machines = [machine()]
    expect(await round()).toMatchObject({ outcome: 'done' })
  })

  test('leaves another tab’s operations to that tab', async () => {
    putOperation(operation({ otherTab: true }))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(bigv.received).toEqual([])
  })

  test('reads one list per group, every five seconds, when there are more than five', async () => {
    machines = [1, 2, 3, 4, 5, 6].map((id) => machine({ id, name: `web${id}` }))
    for (const { id, name } of machines) {
      const group = id === 6 ? 'staging' : 'default'
      putOperation(operation({ key: `k${id}`, target: { account: 'acme', group, id, name } }))
    }
    await vi.advanceTimersByTimeAsync(2_000) // The round that was planned when there was one, still alone.
    await Promise.all(['k1', 'k2', 'k3', 'k4', 'k5', 'k6'].map((key) => until(key, 'ended')))
    const lists = paths().filter((path) => path.includes('virtual_machines?'))
    expect(lists.toSorted()).toEqual([
      'default/virtual_machines?include_deleted=true',
      'staging/virtual_machines?include_deleted=true',
    ])
    expect(bigv.received).toHaveLength(2)
  })

  test('takes a machine that is not in its group’s list for gone', async () => {
    machines = [1, 2, 3, 4, 5].map((id) => machine({ id, name: `web${id}` }))
    for (const id of [1, 2, 3, 4, 5, 9]) {
      putOperation(operation({ key: `k${id}`, target: { ...REF, id, name: `web${id}` } }))
    }
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await until('k9', 'ended')).toMatchObject({ outcome: 'superseded' })
    expect(await until('k5', 'ended')).toMatchObject({ outcome: 'done' })
  })

  test('reads those that no list can settle all at once, and shows no older row over them', async () => {
    machines = [1, 2, 3, 4, 5, 6].map((id) => machine({ id, name: `web${id}`, cores: 1 }))
    for (const { id, name } of machines)
      putOperation(
        operation({ key: `k${id}`, action: 'create', expects: null, target: { ...REF, id, name } }),
      )
    const usual = bigv.answer
    const held: (() => unknown)[] = []
    bigv.answer = (request, response) => {
      if (!request.path.includes('virtual_machines/')) return usual(request, response)
      machines = machines.map((vm) => ({ ...vm, cores: 2 }))
      return held.push(() => usual(request, response))
    }
    await vi.advanceTimersByTimeAsync(5_000)
    await vi.waitFor(() => expect(held).toHaveLength(6))
    for (const answer of held) answer()
    await Promise.all(['k1', 'k2', 'k3', 'k4', 'k5', 'k6'].map((key) => until(key, 'ended')))
    await vi.waitFor(() => expect(shownCores(6)).toBe(2))
    expect([1, 2, 3, 4, 5, 6].map(shownCores)).toEqual([2, 2, 2, 2, 2, 2])
  })

  test('shows no row that was asked for before the page fetched the machine', async () => {
    machines = [1, 2, 3, 4, 5, 6].map((id) => machine({ ...OFF, id, name: `web${id}`, cores: 1 }))
    const [first] = machines
    if (first === undefined) throw new Error('There are six.')
    for (const { id, name } of machines)
      putOperation(operation({ key: `k${id}`, target: { ...REF, id, name } }))
    for (const vm of machines)
      queryClient.setQueryData(machineQueries.detail(REF, vm.id).queryKey, { vm, creating: false })
    special = [
      (_, response) => {
        vi.setSystemTime(Date.now() + 1)
        queryClient.setQueryData(machineQueries.detail(REF, 1).queryKey, {
          vm: { ...first, cores: 2 },
          creating: false,
        })
        machines = machines.map((vm) => ({ ...vm, cores: vm.id === 1 ? 1 : 4 }))
        json(response, 200, machines)
      },
    ]
    await vi.advanceTimersByTimeAsync(5_000)
    await vi.waitFor(() => expect(shownCores(6)).toBe(4))
    expect(shownCores(1)).toBe(2)
  })
})

const shownCores = (id: number) => queryClient.getQueryData(machineQueries.detail(REF, id).queryKey)?.vm.cores

/** Lets time pass until BigV was asked so often; returns when. */
async function askedTimes(count: number): Promise<number[]> {
  while (asked.length < count) {
    await vi.advanceTimersByTimeAsync(100)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return asked
}

/** Lets the next round come, and waits until the operation has been seen once more. */
async function round(key = 'k', ms = 2_000): Promise<Operation> {
  const before = findOperation(key)
  await vi.advanceTimersByTimeAsync(ms)
  return until(key, (now) => now !== before)
}

/** Tries a round again until one has been planned: the failed one before it ends when its answer has been read. */
async function eventually(round: () => Promise<Operation>): Promise<Operation> {
  const seen = round()
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(2_000)
    expect(bigv.received.length).toBeGreaterThan(1)
  })
  return seen
}
