import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { queryClient } from '../../api/query-client.ts'
import { machine, REF } from '../../api/testing/machines.ts'
import { machineQueries, type VirtualMachine } from '../../api/virtual-machines.ts'
import { batches, findBatch, newItem, tally, type Batch } from '../batch/batch.ts'
import { onBatchEnd } from '../batch/bulk.ts'
import { correctCreateBatches, createBatches, itemStates, statesInWords } from '../batch/create-batches.ts'
import { correctBatches } from '../batch/later-findings.ts'
import { followFetches } from './later-findings.ts'
import type { Operation } from '../operation.ts'
import { clearOperations, findOperation, putOperation } from '../store.ts'
import { operation } from '../testing/samples.ts'

const NOW = 50_000
const UNCLEAR = {
  phase: 'ended',
  outcome: 'unclear',
  endedAt: 20_000,
  note: 'BigV failed (500).',
  evidence: null,
} as const
const ON = { power_on: true, autoreboot_on: true }
const OFF = { power_on: false, autoreboot_on: false }
const SEEN_ON = expect.stringMatching(
  /^Unclear at first\. Checked at \d\d:\d\d:\d\d: Running, automatic restart on\.$/,
)

followFetches()
correctBatches()
correctCreateBatches()

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
})
afterEach(() => {
  clearOperations()
  batches.set([])
  createBatches.set([])
  queryClient.clear()
  vi.useRealTimers()
})

/** A page fetches its list of the group; the fetch takes `tookMs`. */
async function fetchList(vms: readonly VirtualMachine[], { tookMs = 0, includeDeleted = false } = {}) {
  const { queryKey } = machineQueries.list(REF, includeDeleted)
  const queryFn = () => {
    vi.setSystemTime(Date.now() + tookMs)
    return vms
  }
  await queryClient.fetchQuery({ queryKey, queryFn, staleTime: 0, retry: false })
}

/** A machine's page fetches it. */
const fetchPage = (vm: VirtualMachine) =>
  queryClient.fetchQuery({
    queryKey: machineQueries.detail(REF, vm.id).queryKey,
    queryFn: () => ({ vm, creating: false }),
    staleTime: 0,
  })

const outcome = () => findOperation('k')?.outcome
const put = (given: Partial<Operation> = {}) => putOperation(operation({ ...UNCLEAR, ...given }))

describe('an unclear operation', () => {
  test('is done once a later fetch shows its result', async () => {
    put()
    await fetchList([machine(OFF)])
    expect(findOperation('k')).toMatchObject({ outcome: 'unclear', note: 'BigV failed (500).' })
    await fetchList([machine(ON)])
    expect(findOperation('k')).toMatchObject({ outcome: 'done', note: SEEN_ON })
  })

  test('learns nothing from a fetch that began before it ended', async () => {
    put({ endedAt: NOW + 1 })
    await fetchList([machine(ON)], { tookMs: 2 })
    expect(outcome()).toBe('unclear')
  })

  test('stays unclear if no state shows its result, or the user has acted again since', async () => {
    put({ action: 'restart' })
    put({ key: 'reset', action: 'reset' })
    put({ key: 'reimage', action: 'reimage' })
    put({ key: 'start', begunAt: 10_000 })
    const step = { method: 'PUT', path: '/x', body: {}, trace: null }
    putOperation(operation({ key: 'again', begunAt: 30_000, steps: [step], phase: 'sending' }))
    await fetchList([machine(ON)])
    await fetchPage(machine(ON))
    expect(['k', 'reset', 'reimage', 'start'].map((key) => findOperation(key)?.outcome)).toEqual(
      Array.from({ length: 4 }, () => 'unclear'),
    )
  })

  test('is done once the machine’s page shows the values written', async () => {
    put({ action: 'change', expects: { cores: 4 } })
    await fetchPage(machine({ cores: 1 }))
    expect(outcome()).toBe('unclear')
    await fetchPage(machine({ cores: 4 }))
    expect(findOperation('k')).toMatchObject({
      outcome: 'done',
      note: expect.stringMatching(/has these values/),
    })
  })

  test('purge is done once a list with the deleted machines lacks the machine', async () => {
    put({ action: 'purge' })
    await fetchList([])
    expect(outcome()).toBe('unclear')
    await fetchList([], { includeDeleted: true })
    expect(outcome()).toBe('done')
  })
})

test('a restart sees the machine off in the fetch of any page', async () => {
  putOperation(operation({ action: 'restart' }))
  await fetchList([machine({ power_on: false, autoreboot_on: true })])
  expect(findOperation('k')?.evidence?.offSeen).toBe(true)
  await fetchPage(machine(ON))
  expect(outcome()).toBe('done')
})

test('a batch’s report is corrected, and its end is notified again', async () => {
  const decidedOn = { name: 'web', ...OFF }
  const ended = {
    phase: 'ended',
    result: 'unclear',
    note: 'BigV failed (500).',
    begunAt: 9_000,
    endedAt: 20_000,
  } as const
  const batch: Batch = {
    key: 'b',
    username: 'demo',
    action: 'start',
    rolling: true,
    atOnce: 1,
    items: [
      { ...newItem(REF, 7, 'web', decidedOn), ...ended },
      { ...newItem(REF, 8, 'web8', decidedOn), ...ended },
    ],
    state: 'stopped',
    why: 'Stopped at the first failure, web: unclear.',
    begunAt: 9_000,
    endedAt: 20_000,
  }
  batches.set([batch])
  const notified = vi.fn()
  const stop = onBatchEnd(notified)
  await fetchList([machine(ON), machine({ id: 8, ...OFF })])
  stop()
  const now = findBatch('b')
  expect(now?.items[0]).toMatchObject({
    result: 'done',
    note: SEEN_ON,
    autoreboot: { before: false, after: true },
  })
  expect(tally(now?.items ?? [])).toMatchObject({ done: 1, unclear: 1, failed: 0 })
  expect(now?.why).toBe('Stopped at the first failure, web: unclear. It’s known to be done by now.')
  expect(notified.mock.calls).toEqual([[now]])
})

const states = () => itemStates(createBatches.get()[0]!, [])

test('a new machine whose request had no answer counts as created once a list shows it', async () => {
  const item = { note: '', operation: null, holder: null }
  createBatches.set([
    {
      ...REF,
      key: 'c',
      username: 'demo',
      begunAt: 9_000,
      state: 'ended',
      why: '',
      items: [
        { ...item, name: 'web', is: 'unclear' },
        { ...item, name: 'web8', is: 'unclear' },
        { ...item, name: 'web9', is: 'refused' },
      ],
    },
  ])
  expect(statesInWords(states())).toBe('2 unclear, 1 failed')
  await fetchList([machine(ON), machine({ id: 9, name: 'web9' })])
  expect(statesInWords(states())).toBe('1 created, 1 unclear, 1 failed')
  expect(states()[0]).toMatchObject({
    word: 'Accepted',
    note: expect.stringMatching(/^No answer from BigV, but the machine exists/),
  })
})
