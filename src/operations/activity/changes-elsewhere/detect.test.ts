import { afterEach, beforeAll, expect, test } from 'vitest'
import { accountQueries } from '../../../api/accounts.ts'
import { groupQueries } from '../../../api/groups.ts'
import { queryClient } from '../../../api/query-client.ts'
import { machine, machineData, REF } from '../../../api/testing/machines.ts'
import { machineQueries, type VirtualMachine } from '../../../api/virtual-machines.ts'
import { signIn, signOut } from '../../../session/session.ts'
import { endOperation, putOperation } from '../../store.ts'
import { DEMO } from '../../testing/machine-at-bigv.ts'
import { operation } from '../../testing/samples.ts'
import { changeInWords } from './change.ts'
import { detectChangesElsewhere } from './detect.ts'
import { changesElsewhere } from './store.ts'

const LIST = machineQueries.list(REF).queryKey
const DETAIL = machineQueries.detail(REF, 7).queryKey

beforeAll(() => {
  signIn(DEMO, false)
  queryClient.setQueryData(LIST, [machine(), machine({ id: 8, name: 'db' })], { updatedAt: 1_000 })
  detectChangesElsewhere()
})
afterEach(() => {
  signOut()
  signIn(DEMO, false)
})

const readList = (rows: VirtualMachine[], updatedAt: number) =>
  queryClient.setQueryData(LIST, rows, { updatedAt })
const readGroup = (group: string, vm: VirtualMachine, updatedAt: number) =>
  queryClient.setQueryData(machineQueries.list({ account: 'acme', group }).queryKey, [vm], {
    updatedAt,
  })
const readMachine = (group: string, vm: VirtualMachine, updatedAt: number) =>
  queryClient.setQueryData(machineQueries.detail({ account: 'acme', group }, 7).queryKey, machineData(vm), {
    updatedAt,
  })
const found = () => changesElsewhere().map((change) => `${change.name} ${changeInWords(change)}`)

test('fetches are compared with earlier ones, even those from before the detector’s start', () => {
  readList([machine({ power_on: false }), machine({ id: 8, name: 'db' })], 5_000)
  expect(changesElsewhere()).toMatchObject([{ id: 7, after_ms: 1_000, before_ms: 5_000, ...REF }])
  queryClient.setQueryData(DETAIL, machineData({ power_on: false }), { updatedAt: 6_000 })
  queryClient.setQueryData(DETAIL, machineData({ power_on: false, cores: 2 }), { updatedAt: 9_000 })
  expect(found()).toEqual(['web was turned off', 'web cores 1 → 2'])
})

test('the detector starts anew for another user, without the previous user’s fetches', () => {
  expect(found()).toEqual([])
  readList([machine({ power_on: true })], 20_000)
  expect(found()).toEqual([])
})

test('a bulk run’s changes aren’t shown as made elsewhere, however large the run was', () => {
  const many = Array.from({ length: 1_000 }, (_, id) => machine({ id, name: `m${id}` }))
  readList(many, 30_000)
  for (const { id, name } of many) {
    putOperation(operation({ key: `o${id}`, action: 'stop', target: { ...REF, id, name }, begunAt: 31_000 }))
    endOperation(`o${id}`, 'done', '')
  }
  readList(
    many.map(({ id, name }) => machine({ id, name, power_on: false, cores: id === 3 ? 9 : 1 })),
    Date.now(),
  )
  expect(found()).toEqual(['m3 cores 1 → 9'])
})

test('changes of a machine that is still being created aren’t shown', () => {
  queryClient.setQueryData(DETAIL, machineData({ power_on: false }, true), { updatedAt: 40_000 })
  queryClient.setQueryData(DETAIL, machineData({ power_on: true }, true), { updatedAt: 41_000 })
  expect(found()).toEqual([])
})

test('a fetch of all groups shows each change once, and a machine’s move as a move', () => {
  const key = accountQueries.overview('acme').queryKey
  const groups = (left: VirtualMachine[], right: VirtualMachine[], updatedAt: number) =>
    queryClient.setQueryData(
      key,
      {
        id: 1,
        name: 'acme',
        groups: [
          { id: 1, name: 'default', virtual_machines: left },
          { id: 2, name: 'web', virtual_machines: right },
        ],
      },
      { updatedAt },
    )
  const [here, there] = [machine({ group_id: 1 }), machine({ group_id: 2 })]
  groups([here], [machine({ id: 8, name: 'db', group_id: 2 })], 50_000)
  groups([], [machine({ id: 8, name: 'db', group_id: 2, cores: 2 }), there], 60_000)
  expect(found()).toEqual(['db cores 1 → 2', 'web was moved from group default to web'])
  groups([here], [], 70_000)
  expect(found().slice(2)).toEqual([
    'web was moved from group web to default',
    'db is no longer there: deleted, moved or purged',
  ])
  expect(changesElsewhere().at(-1)).toMatchObject({ group: 'web', after_ms: 60_000, before_ms: 70_000 })
})

test('a move there and back between two fetches of all groups shows on the machine’s page', () => {
  const there = machine({ group_id: 2 })
  const readAll = (updatedAt: number) =>
    queryClient.setQueryData(
      accountQueries.overview('acme').queryKey,
      { id: 1, name: 'acme', groups: [{ id: 2, name: 'web', virtual_machines: [there] }] },
      { updatedAt },
    )
  readAll(72_000)
  readMachine('default', machine({ group_id: 1 }), 74_000)
  readAll(76_000)
  readMachine('web', there, 78_000)
  expect(found()).toEqual([
    'web was moved from group web to default',
    'web was moved from group default to web',
  ])
})

test('a move to a group with a number as its name shows that name, not its ID', () => {
  queryClient.setQueryData(groupQueries.list('acme').queryKey, [{ id: 17, name: '2024' }])
  readGroup('default', machine({ group_id: 1 }), 80_000)
  readGroup('17', machine({ group_id: 17 }), 90_000)
  expect(found()).toEqual(['web was moved from group default to 2024'])
})
