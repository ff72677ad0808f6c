import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import { knowLastHeads } from '../../../operations/last-heads.ts'
import type { MachineRow } from './columns.ts'
import { groupRows, GROUPINGS, isGrouping, type GroupBy, type Line } from './group-rows.ts'

const idsOf = (some: readonly MachineRow[]) => some.map(({ vm }) => vm.id)

const nothing = { changing: new Map<number, string>(), shouldBeOn: new Set<number>() }
const rowOf = (own: Partial<VirtualMachine>, group = 'default'): MachineRow => ({
  group: { account: 'acme', group },
  vm: { id: 1, name: 'vm', power_on: true, autoreboot_on: true, cores: 1, memory: 1024, ...own },
  address: undefined,
  discs: undefined,
})
const inWords = (line: Line) =>
  'vm' in line ? line.vm.id : [line.label, line.bigvName, line.counts].filter(Boolean).join(' ')
const linesOf = (rows: readonly MachineRow[], by: GroupBy, now = nothing) =>
  groupRows(rows, by, now).lines.map(inWords)

afterEach(() => knowLastHeads(() => null))

describe('grouping a list', () => {
  test('puts headings in natural order, each with its counts, and rows without a value last', () => {
    const rows = [
      rowOf({ id: 1, head: null, power_on: false }),
      rowOf({ id: 2, head: 'head10' }),
      rowOf({ id: 3, head: 'head2' }),
      rowOf({ id: 4, head: 'head2' }),
    ]
    const expected = [
      'head2 2 machines · 2 on',
      3,
      4,
      'head10 1 machine · 1 on',
      2,
      'Head unknown 1 machine · 0 on',
      1,
    ]
    expect(linesOf(rows, 'head')).toEqual(expected)
  })

  test('lists a machine that is off under the head where this browser last saw it', () => {
    knowLastHeads((id) => (id === 1 ? { head: 'head2', at: 0 } : null))
    const rows = [rowOf({ id: 1, head: null, power_on: false }), rowOf({ id: 2, head: 'head2' })]
    expect(linesOf(rows, 'head')).toEqual(['head2 2 machines · 1 on', 1, 2])
  })

  test('orders states from changing to deleted, as the facets count them', () => {
    const rows = [
      rowOf({ id: 1, deleted: true, power_on: false }),
      rowOf({ id: 2, power_on: false, autoreboot_on: false }),
      rowOf({ id: 3 }),
      rowOf({ id: 4, power_on: false }), // restarting
      rowOf({ id: 5, power_on: false }), // should be on
      rowOf({ id: 6 }), // shutting down
    ]
    const now = { changing: new Map([[6, 'Shutting down…']]), shouldBeOn: new Set([5]) }
    const expected = ['Changing 2 machines', 4, 6, 'Running 1 machine', 3, 'Stopped 2 machines', 2, 5]
    expect(linesOf(rows, 'state', now)).toEqual([...expected, 'Deleted 1 deleted machine', 1])
  })

  test('names images readably, with BigV’s names beside them', () => {
    const images = ['wheezy', null, 'centos6', 'homemade']
    const rows = images.map((last_imaged_with, id) => rowOf({ id, last_imaged_with }))
    const labels = linesOf(rows, 'image').filter((line) => typeof line === 'string')
    expect(labels.map((label) => label.replace(' 1 machine · 1 on', ''))).toEqual([
      'CentOS 6 centos6',
      'Debian 7 wheezy',
      'homemade',
      'Image unknown',
    ])
  })

  test('has every row once, and keeps the order under each heading', () => {
    const value = fc.constantFrom('', 'a1', 'a2', 'a10')
    const machine = fc.record({
      head: value,
      zone_name: value,
      last_imaged_with: value,
      power_on: fc.boolean(),
    })
    const list = fc.array(fc.tuple(machine, value), { maxLength: 40 })
    const by = fc.constantFrom(...(Object.keys(GROUPINGS) as GroupBy[]))
    fc.assert(
      fc.property(list, by, (machines, by) => {
        const rows = machines.map(([own, group], id) => rowOf({ ...own, id }, group))
        const grouped = groupRows(rows, by, nothing)
        const headings = grouped.lines.flatMap((line) => ('vm' in line ? [] : [line]))
        expect(idsOf(grouped.rows).toSorted((a, b) => a - b)).toEqual(idsOf(rows))
        expect(idsOf(grouped.lines.filter((line) => 'vm' in line))).toEqual(idsOf(grouped.rows))
        expect(headings.flatMap(({ ids }) => ids)).toEqual(idsOf(grouped.rows))
        for (const { ids } of headings) expect(ids).toEqual(ids.toSorted((a, b) => a - b))
        expect([...grouped.headings.values()]).toEqual(headings)
      }),
    )
  })

  test('leads from each row to its line and back, past the headings', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }), (heads) => {
        const { rows, lines, lineOf, byRows } = groupRows(
          heads.map((head, id) => rowOf({ id, head })),
          'head',
          nothing,
        )
        const firstAt = (line: number) =>
          byRows({ page: 1, reveal: () => {}, firstInWindow: () => line }).firstInWindow()
        for (const [index, row] of rows.entries()) expect(lines[lineOf(index)]).toBe(row)
        for (const [at, line] of lines.entries())
          expect(rows[firstAt(at)]).toBe('vm' in line ? line : lines[at + 1])
        expect(lineOf(-1)).toBe(-1)
      }),
    )
  })

  test('reveals the heading of a row with it, if that row is the first below', () => {
    const revealed: number[] = []
    const { byRows } = groupRows([rowOf({ id: 1 }), rowOf({ id: 2 })], 'zone', nothing)
    const { reveal } = byRows({ page: 1, reveal: (line) => revealed.push(line), firstInWindow: () => 0 })
    reveal(1)
    expect(revealed).toEqual([2])
    reveal(0)
    expect(revealed).toEqual([2, 0, 1])
  })
})

test('the URL’s grouping is valid if a list can have it; only a list of all groups is grouped by group', () => {
  expect(isGrouping('head', false)).toBe(true)
  expect(isGrouping('group', true)).toBe(true)
  expect(isGrouping('group', false)).toBe(false)
  expect(isGrouping('toString', true)).toBe(false)
  expect(isGrouping(null, true)).toBe(false)
})
