import { expect, test } from 'vitest'
import { matcher } from '../../../lib/search/match.ts'
import { parseSearch } from '../../../lib/search/parse.ts'
import type { MachineRow } from '../table/columns.ts'
import { knowLastHeads } from '../../../operations/last-heads.ts'
import { searchableOf } from './found-rows.ts'

const vm = { id: 7, name: 'www1', power_on: true, autoreboot_on: true, cores: 1, memory: 1024 }
const row: MachineRow = {
  group: { account: 'acme', group: 'web' },
  vm,
  address: '192.0.2.1',
  further: '2001:db8::1 192.0.2.9',
  macs: 'fe:ff:00:00:00:01',
  devices: { discs: [{ size: 25_600, grade: 'sata' }], labels: 'vda' },
  discs: undefined,
}
const found = (query: string, machine = row) => matcher(parseSearch(query))(searchableOf(machine))

test('the search finds a machine by each of its addresses', () => {
  for (const address of ['192.0.2.1', '2001:db8::1', '192.0.2.9', '2001:DB8'])
    expect(found(address)).toBe(true)
  expect(found('192.0.2.3')).toBe(false)
})

test('the search looks in IPv6 addresses only for words with a colon', () => {
  for (const word of ['db', '2001', 'db8']) expect(found(word)).toBe(false)
})

test('a machine that is off is found by the head where it was last seen', () => {
  const off = { ...row, vm: { ...vm, power_on: false } }
  expect(found('last_head:unknown', off)).toBe(true)
  knowLastHeads((id) => (id === vm.id ? { head: 'head3', at: 1 } : null))
  expect(found('last_head:head3', off)).toBe(true)
  expect(found('last_head:unknown', off)).toBe(false)
  expect(found('last_head:*')).toBe(false)
})

test('searchableOf returns the same object until the machine’s addresses change', () => {
  expect(searchableOf({ ...row })).toBe(searchableOf(row))
  const first = searchableOf(row)
  const moved = { ...row, further: '2001:db8::2' }
  expect(searchableOf(moved)).not.toBe(first)
  expect(found('2001:db8::2', moved)).toBe(true)
  expect(found('2001:db8::1', moved)).toBe(false)
  expect(found('192.0.2', { group: row.group, vm, address: undefined, discs: undefined })).toBe(false)
})
