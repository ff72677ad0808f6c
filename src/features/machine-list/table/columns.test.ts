import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import { COLUMN_IDS, columns, parseSort, printSort, sortRows, type MachineRow, type Sort } from './columns.ts'

const group = { account: 'acme', group: 'default' }
const vm: VirtualMachine = { id: 1, name: 'vm', power_on: true, autoreboot_on: true, cores: 1, memory: 1024 }
const rowOf = (own: Partial<VirtualMachine>, more: Partial<MachineRow> = {}): MachineRow => ({
  group,
  vm: { ...vm, ...own },
  address: undefined,
  discs: undefined,
  ...more,
})
const names = (rows: readonly MachineRow[], sort: Sort) => sortRows(rows, sort).map(({ vm }) => vm.name)

test('the column of addresses has all of them, the first IPv4 address first', () => {
  const row = rowOf({}, { address: '192.0.2.7', further: '2001:db8::7 192.0.2.8' })
  expect(columns.address.text(row)).toBe('192.0.2.7 2001:db8::7 192.0.2.8')
  expect(columns.address.text(rowOf({}, { further: '2001:db8::7' }))).toBe('2001:db8::7')
  expect(columns.address.text(rowOf({}))).toBe('')
})

describe('the list’s sort order', () => {
  test('sorts names naturally: web2 before web10', () => {
    const rows = ['web10', 'Web2', 'db1', 'web1'].map((name, id) => rowOf({ name, id }))
    expect(names(rows, { by: 'name', descending: false })).toEqual(['db1', 'web1', 'Web2', 'web10'])
    expect(names(rows, { by: 'name', descending: true })).toEqual(['web10', 'Web2', 'web1', 'db1'])
  })

  test('sorts addresses by value, with missing ones last in both directions', () => {
    const rows = ['10.0.0.10', undefined, '9.255.0.1', '10.0.0.9', '2001:db8::1'].map((address) =>
      rowOf({ name: address ?? 'none' }, { address }),
    )
    const up = ['9.255.0.1', '10.0.0.9', '10.0.0.10', '2001:db8::1']
    expect(names(rows, { by: 'address', descending: false })).toEqual([...up, 'none'])
    expect(names(rows, { by: 'address', descending: true })).toEqual([...up.toReversed(), 'none'])
  })

  test('sorts memory and discs as numbers, and states from running to deleted', () => {
    const rows = [
      rowOf({ name: 'a', memory: 16_384, power_on: false, autoreboot_on: false }, { discs: 512 }),
      rowOf({ name: 'b', memory: 2_048, deleted: true }, { discs: 102_400 }),
      rowOf({ name: 'c', memory: 512, power_on: false }, { discs: 25_600 }),
      rowOf({ name: 'd', memory: 1_024 }),
    ]
    expect(names(rows, { by: 'memory', descending: false })).toEqual(['c', 'd', 'b', 'a'])
    expect(names(rows, { by: 'discs', descending: false })).toEqual(['a', 'c', 'b', 'd'])
    expect(names(rows, { by: 'state', descending: false })).toEqual(['d', 'c', 'a', 'b'])
  })

  test('breaks ties by name, then by id, for every column and direction', () => {
    const row = fc
      .record({
        id: fc.integer({ min: 1, max: 99 }),
        name: fc.constantFrom('web1', 'web2', 'web10', 'Web2', 'db'),
        cores: fc.integer({ min: 1, max: 3 }),
        head: fc.option(fc.constantFrom('head2', 'head10')),
        address: fc.option(fc.constantFrom('10.0.0.2', '10.0.0.10', '2001:db8::1'), { nil: undefined }),
      })
      .map(({ address, ...own }) => rowOf(own, { address }))
    const unique = fc.uniqueArray(row, { selector: ({ vm }) => vm.id, maxLength: 20 })
    const sort = fc.record({ by: fc.constantFrom(...COLUMN_IDS), descending: fc.boolean() })
    fc.assert(
      fc.property(unique, sort, (rows, by) => {
        const sorted = sortRows(rows, by)
        expect(sortRows(rows.toReversed(), by)).toEqual(sorted)
        expect(sortRows(sortRows(rows, { by: 'cores', descending: true }), by)).toEqual(sorted)
        expect(new Set(sorted)).toEqual(new Set(rows))
        expect(sorted).toHaveLength(rows.length)
      }),
    )
  })
})

test('the URL has the sort order unless it is the default, and an invalid one is ignored', () => {
  for (const by of COLUMN_IDS) {
    for (const descending of [false, true]) {
      expect(parseSort(printSort({ by, descending }))).toEqual({ by, descending })
    }
  }
  expect(printSort({ by: 'name', descending: false })).toBeNull()
  for (const text of [null, '', '-', 'nothing', '--cores', '__proto__', 'toString']) {
    expect(parseSort(text)).toEqual({ by: 'name', descending: false })
  }
})
