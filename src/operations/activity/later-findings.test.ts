import type { QueryKey } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ActionName, MachineActionName } from '../../actions/index.ts'
import { accountQueries } from '../../api/accounts.ts'
import { groupQueries } from '../../api/groups.ts'
import { ipQueries } from '../../api/ips.ts'
import { privilegeQueries } from '../../api/privileges.ts'
import { queryClient } from '../../api/query-client.ts'
import { machine, REF } from '../../api/testing/machines.ts'
import { userQueries } from '../../api/users.ts'
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

const CHANGED = expect.stringMatching(/^Unclear at first\. Checked at \d\d:\d\d:\d\d: the change is there\.$/)
/** A target that no test fetches. */
const AWAY = { account: 'elsewhere', group: '', id: null, name: 'x' }
const ELSEWHERE = { id: 99, address: '192.0.2.99' }

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
async function fetchList(vms: readonly VirtualMachine[], { tookMs = 0 } = {}) {
  const { queryKey } = machineQueries.list(REF)
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

describe('an operation with an unclear outcome', () => {
  test('is done once a later fetch shows its result', async () => {
    put()
    await fetchList([machine(OFF)])
    expect(findOperation('k')).toMatchObject({ outcome: 'unclear', note: 'BigV failed (500).' })
    await fetchList([machine(ON)])
    expect(findOperation('k')).toMatchObject({ outcome: 'done', note: SEEN_ON })
  })

  test('stays unclear after a fetch that began before it ended', async () => {
    put({ endedAt: NOW + 1 })
    await fetchList([machine(ON)], { tookMs: 2 })
    expect(outcome()).toBe('unclear')
  })

  test('stays unclear if no state can show its result, or if the user has acted again since', async () => {
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
      note: expect.stringMatching(/: the change is there\.$/),
    })
  })

  test('is done, if a purge, once a list lacks the machine', async () => {
    put({ action: 'purge' })
    await fetchList([machine({ deleted: true })])
    expect(outcome()).toBe('unclear')
    await fetchList([])
    expect(outcome()).toBe('done')
  })
})

const DISC = { id: 5, label: 'data', size: 1024, storage_grade: 'sata' }
const NIC = { id: 6, label: null, mac: 'm', vlan_num: 1, ips: ['192.0.2.1'], extra_ips: {} }
const OTHER = { ...REF, id: 8, name: 'db' }

/** What a machine's page shows before and after an action on its discs or NICs. */
const PARTS: [MachineActionName, Partial<Operation>, Partial<VirtualMachine>, Partial<VirtualMachine>][] = [
  [
    'add_disc',
    { expects: { label: 'data', size: 1024 } },
    { discs: [{ ...DISC, label: 'vda' }] },
    { discs: [DISC] },
  ],
  ['change_disc', { expects: { id: 5, size: 1024 } }, { discs: [{ ...DISC, size: 512 }] }, { discs: [DISC] }],
  ['purge_disc', { expects: { id: 5 } }, { discs: [DISC] }, { discs: [] }],
  [
    'move_disc',
    { also: OTHER, expects: { id: 5, virtual_machine_id: 8 } },
    { discs: [] },
    { id: 8, discs: [DISC] },
  ],
  [
    'backup_disc',
    { expects: { id: 5, backup_count: 2 } },
    { discs: [{ ...DISC, backup_count: 1 }] },
    { discs: [{ ...DISC, backup_count: 2 }] },
  ],
  [
    'schedule_backups',
    { expects: { id: 5, interval_seconds: 60, capacity: 1, alike: 1 } },
    { discs: [{ ...DISC, backup_schedules: [] }] },
    { discs: [{ ...DISC, backup_schedules: [{ interval_seconds: 60, capacity: 1 }] }] },
  ],
  [
    'request_ips',
    { expects: { nic: 6, extra: 2 } },
    { network_interfaces: [{ ...NIC, extra_ips: { '192.0.2.8': '192.0.2.1' } }] },
    { network_interfaces: [{ ...NIC, extra_ips: { '192.0.2.8': '192.0.2.1', '192.0.2.9': '192.0.2.1' } }] },
  ],
  [
    'swap_ips',
    { also: OTHER, expects: { id: 7, ips: ['192.0.2.2'], other_ips: ['192.0.2.1'], additional: false } },
    { network_interfaces: [NIC] },
    { id: 8, network_interfaces: [NIC] },
  ],
]

test.each(PARTS)(
  '%s with an unclear outcome is done once the machine’s page shows it',
  async (action, record, not, done) => {
    put({ action, ...record })
    // A machine that is on: its guest may not see the change yet, but BigV has made it.
    await fetchPage(machine({ ...ON, ...not }))
    expect(outcome()).toBe('unclear')
    await fetchPage(machine({ ...ON, discs: null, network_interfaces: null }))
    expect(outcome()).toBe('unclear')
    await fetchPage(machine({ ...ON, ...done }))
    expect(findOperation('k')).toMatchObject({ outcome: 'done', note: CHANGED })
  },
)

test('a move with an unclear outcome is done once the machine’s page in its new group shows it', async () => {
  put({ action: 'change', expects: { group_id: 3 } })
  const { queryKey } = machineQueries.detail({ ...REF, group: 'other' }, 7)
  await queryClient.fetchQuery({
    queryKey,
    queryFn: () => ({ vm: machine({ group_id: 3 }), creating: false }),
  })
  expect(outcome()).toBe('done')
})

const { account } = REF
const group = { account, group: 'staging', id: null, name: 'staging' }
const place = { account, group: '', id: null, name: 'vm_admin on acme for jane' }
const conditions = { yubikey_required: true, yubikey_otp_max_age: null, ip_restrictions: null }
const privilege = { id: 4, level: 'vm_admin', username: 'jane' }
const granted = { id: 4, level: 'vm_admin', username: 'jane', on: 'acme' }
const groups = groupQueries.list(account).queryKey
const access = privilegeQueries.on({ account }).queryKey
const user = { account: '', group: '', id: null, name: 'demo' }

/** What a page fetches before and after an action on something other than a machine. */
const RESOURCES: [ActionName, Pick<Operation, 'target' | 'expects'>, QueryKey, unknown, unknown][] = [
  ['create_group', { target: group, expects: { name: 'staging' } }, groups, [], [{ id: 3, name: 'staging' }]],
  [
    'rename_group',
    { target: group, expects: { id: 3, to: 'live' } },
    accountQueries.overview(account).queryKey,
    { groups: [{ id: 3, name: 'staging' }] },
    { groups: [{ id: 3, name: 'live' }] },
  ],
  ['delete_group', { target: group, expects: { id: 3 } }, groups, [{ id: 3, name: 'staging' }], []],
  [
    'set_keys',
    { target: user, expects: { id: 2, authorized_keys: 'ssh-rsa B' } },
    userQueries.one('demo').queryKey,
    { id: 2, username: 'demo', authorized_keys: 'ssh-rsa A' },
    { id: 2, username: 'demo', authorized_keys: 'ssh-rsa B' },
  ],
  ['grant_privilege', { target: place, expects: granted }, access, [], [privilege]],
  [
    'change_privilege',
    { target: place, expects: { ...granted, conditions } },
    access,
    [privilege],
    [{ ...privilege, ...conditions }],
  ],
  ['revoke_privilege', { target: place, expects: granted }, access, [privilege], []],
  [
    'set_rdns',
    { target: { ...REF, id: 7, name: 'web' }, expects: { address: '192.0.2.1', rdns: 'www.example.com' } },
    ipQueries.one('192.0.2.1').queryKey,
    { rdns: null },
    { rdns: 'www.example.com' },
  ],
]

describe.each(RESOURCES)('%s with an unclear outcome', (action, record, queryKey, not, done) => {
  const fetchAs = (data: unknown, tookMs = 0) =>
    queryClient.fetchQuery({
      queryKey,
      queryFn: () => {
        vi.setSystemTime(Date.now() + tookMs)
        return data
      },
      staleTime: 0,
    })

  test('is done once a later fetch shows it', async () => {
    put({ action, ...record })
    await fetchAs(not)
    expect(outcome()).toBe('unclear')
    await fetchAs(done)
    expect(findOperation('k')).toMatchObject({ outcome: 'done', note: CHANGED })
  })

  test('stays unclear after an older fetch, a fetch of other data, or the same action again', async () => {
    put({ action, ...record, endedAt: NOW + 1 })
    await fetchAs(done, 2)
    expect(outcome()).toBe('unclear')
    put({ key: 'other', action, ...record, expects: { ...record.expects, ...ELSEWHERE }, target: AWAY })
    await fetchAs(done)
    expect([outcome(), findOperation('other')?.outcome]).toEqual(['done', 'unclear'])
    put({ action, ...record })
    const steps = [{ method: 'PUT', path: '/x', body: {}, trace: null }]
    putOperation(operation({ key: 'again', action, ...record, begunAt: 30_000, steps, phase: 'sending' }))
    await fetchAs(done)
    expect(outcome()).toBe('unclear')
  })
})

test('an outcome stays unclear if an earlier version stored the operation without expected data', async () => {
  put({
    action: 'revoke_privilege',
    target: place,
    expects: { level: 'vm_admin', username: 'jane', on: 'acme' },
  })
  put({ key: 'keys', action: 'set_keys', target: user, expects: null })
  await queryClient.fetchQuery({ queryKey: access, queryFn: () => [] })
  await queryClient.fetchQuery({
    queryKey: userQueries.one('demo').queryKey,
    queryFn: () => ({ id: 2, username: 'demo' }),
  })
  expect([outcome(), findOperation('keys')?.outcome]).toEqual(['unclear', 'unclear'])
})

test('a restart counts the machine as seen off when any page’s fetch shows it off', async () => {
  putOperation(operation({ action: 'restart' }))
  await fetchList([machine({ power_on: false, autoreboot_on: true })])
  expect(findOperation('k')?.evidence?.offSeen).toBe(true)
  await fetchPage(machine(ON))
  expect(outcome()).toBe('done')
})

test('a batch’s unclear result is corrected by a later fetch, and its end is notified again', async () => {
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
  expect(now?.why).toBe('Stopped at the first failure, web: unclear. It has since turned out to be done.')
  expect(notified.mock.calls).toEqual([[now]])
})

const states = () => itemStates(createBatches.get()[0]!, [])

test('a new machine whose request got no answer counts as created once a list shows it', async () => {
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
