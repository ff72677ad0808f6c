import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { accountQueries } from '../api/accounts.ts'
import { queryClient } from '../api/query-client.ts'
import { machine, machineData, REF } from '../api/testing/machines.ts'
import { machineQueries, overviewQueries, overviewSummary } from '../api/virtual-machines.ts'
import { holdBackRows, refreshGroup, showMachine, showRow } from './machine-cache.ts'

const detail = machineQueries.detail(REF, 7).queryKey
const list = machineQueries.list(REF).queryKey
const row = { ...machine(), note: 'of the row' }
const other = machine({ id: 8, name: 'db' })
const discs = [{ id: 5, label: 'disc-1', size: 25600 }]

/** Shows the list on a page. Returns a function that closes the page. */
const showList = () =>
  new QueryObserver(queryClient, {
    queryKey: list,
    queryFn: () => [other, row],
    staleTime: Infinity,
  }).subscribe(() => {})

const shown = () => queryClient.getQueryData(list)?.map(({ power_on }) => power_on)

describe('storing a machine that an operation fetched', () => {
  beforeEach(() => {
    queryClient.setQueryData(list, [other, row])
  })
  afterEach(() => queryClient.clear())

  test('updates its page and its row, and adds no attributes to the row', () => {
    const now = machineData({ power_on: false, discs })
    showMachine(REF, now)
    expect(queryClient.getQueryData(detail)).toEqual(now)
    expect(queryClient.getQueryData(list)).toEqual([other, { ...row, power_on: false }])
  })

  test('updates its address and discs in the list, but not the age of the list', () => {
    const { queryKey } = overviewQueries.byMachine(REF)
    const before = overviewSummary({})
    const others = overviewSummary({ network_interfaces: [{ id: 2, ips: ['10.0.0.8'] }] })
    queryClient.setQueryData(queryKey, { 7: before, 8: others }, { updatedAt: 1_000 })
    showMachine(REF, machineData())
    expect(queryClient.getQueryData(queryKey)).toEqual({ 7: before, 8: others })
    showMachine(REF, machineData({ discs, network_interfaces: [{ id: 1, ips: ['10.0.0.7'] }] }))
    const now = queryClient.getQueryData(queryKey)
    expect(now).toMatchObject({ 7: { address: '10.0.0.7', further: '', discs: 25600 }, 8: others })
    expect(queryClient.getQueryState(queryKey)?.dataUpdatedAt).toBe(1_000)
    showMachine(REF, machineData({ discs, network_interfaces: [{ id: 1, ips: ['10.0.0.7'] }] }))
    expect(queryClient.getQueryData(queryKey)).toBe(now)
    // What BigV doesn't list stays as it was.
    showMachine(REF, machineData({ discs }))
    showMachine(REF, machineData({ network_interfaces: [{ id: 1, ips: ['10.0.0.7'] }] }))
    expect(queryClient.getQueryData(queryKey)).toBe(now)
  })

  test('keeps the discs on its page if it was fetched in a list', () => {
    queryClient.setQueryData(detail, machineData({ discs }))
    showRow(REF, machine({ power_on: false }))
    expect(queryClient.getQueryData(detail)).toEqual(machineData({ power_on: false, discs }))
  })

  test('adds no data for a page that wasn’t opened if it was fetched in a list', () => {
    showRow(REF, machine())
    expect(queryClient.getQueryData(detail)).toBeUndefined()
  })

  test('re-renders only its row, and no row if nothing has changed', () => {
    const before = queryClient.getQueryData(list)
    showMachine(REF, machineData())
    expect(queryClient.getQueryData(list)).toBe(before)
    showMachine(REF, machineData({ power_on: false }))
    expect(queryClient.getQueryData(list)?.[0]).toBe(before?.[0])
  })

  test('doesn’t add it to a list that lacks it', () => {
    showMachine(REF, machineData({ id: 9 }))
    expect(queryClient.getQueryData(list)?.map(({ id }) => id)).toEqual([8, 7])
  })

  test('updates the list of all groups as well, where only its group and row change', () => {
    const all = accountQueries.overview(REF.account).queryKey
    const groups = [
      { id: 1, name: 'default', virtual_machines: [other, row] },
      { id: 2, name: 'staging', virtual_machines: [machine({ id: 9 })] },
    ]
    queryClient.setQueryData(all, { id: 1, name: 'acme', groups })
    showMachine(REF, machineData({ power_on: false }))
    const now = queryClient.getQueryData(all)?.groups
    expect(now?.[0]?.virtual_machines).toEqual([other, { ...row, power_on: false }])
    expect(now?.[0]?.virtual_machines?.[0]).toBe(other)
    expect(now?.[1]).toBe(groups[1])
    refreshGroup(REF)
    expect(queryClient.getQueryState(all)?.isInvalidated).toBe(true)
  })

  test('doesn’t change other groups’ data', () => {
    const elsewhere = machineQueries.list({ ...REF, group: 'staging' }).queryKey
    queryClient.setQueryData(elsewhere, [row])
    showMachine(REF, machineData({ power_on: false }))
    expect(queryClient.getQueryData(elsewhere)).toEqual([row])
  })
})

describe('machines collected during a batch', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
    vi.stubGlobal('document', { hidden: false })
    queryClient.setQueryData(list, [other, row])
    vi.setSystemTime(1_000_001)
    holdBackRows(true)
  })
  afterEach(() => {
    holdBackRows(false)
    vi.useRealTimers()
    vi.unstubAllGlobals()
    queryClient.clear()
  })

  test('are shown together, twice a second', () => {
    const before = queryClient.getQueryData(list)
    showRow(REF, machine({ power_on: false }))
    showRow(REF, machine({ id: 8, name: 'db', power_on: false }))
    expect(queryClient.getQueryData(list)).toBe(before)
    vi.advanceTimersByTime(500)
    expect(shown()).toEqual([false, false])
  })

  test('are shown at once when the batch ends', () => {
    showRow(REF, machine({ power_on: false }))
    holdBackRows(false)
    expect(shown()).toEqual([true, false])
  })

  test('don’t replace a list that was fetched after the rows', () => {
    showRow(REF, machine({ power_on: false }))
    vi.setSystemTime(1_000_100)
    queryClient.setQueryData(list, [other, row])
    vi.advanceTimersByTime(500)
    expect(shown()).toEqual([true, true])
  })

  test('don’t refresh their group in a hidden tab until the tab is shown or the batch ends', () => {
    const leave = showList()
    const again = vi.spyOn(queryClient, 'invalidateQueries')
    vi.stubGlobal('document', { hidden: true })
    refreshGroup(REF)
    vi.advanceTimersByTime(3_600_000)
    expect(again).not.toHaveBeenCalled()
    vi.stubGlobal('document', { hidden: false })
    vi.advanceTimersByTime(5_000)
    expect(again).toHaveBeenCalledTimes(3)
    vi.stubGlobal('document', { hidden: true })
    refreshGroup(REF)
    holdBackRows(false)
    expect(again).toHaveBeenCalledTimes(6)
    leave()
    again.mockRestore()
  })

  test('refresh their group if its data is 15 seconds old, and when the batch ends', () => {
    const leave = showList()
    const again = vi.spyOn(queryClient, 'invalidateQueries')
    for (let i = 0; i < 50; i++) refreshGroup(REF)
    vi.advanceTimersByTime(10_000)
    queryClient.setQueryData(list, [other, row])
    vi.advanceTimersByTime(14_000)
    expect(again).not.toHaveBeenCalled()
    vi.advanceTimersByTime(10_000)
    expect(again).toHaveBeenCalledTimes(3)
    leave()
    refreshGroup(REF)
    holdBackRows(false)
    expect(again).toHaveBeenCalledTimes(6)
    refreshGroup(REF)
    expect(again).toHaveBeenCalledTimes(9)
    again.mockRestore()
  })
})
