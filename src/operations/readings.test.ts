import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { queryClient } from '../api/query-client.ts'
import { machineQueries } from '../api/virtual-machines.ts'
import { shareReading, shareRow } from './readings.ts'
import { machine, reading, REF } from './testing/samples.ts'

const detail = machineQueries.detail(REF, 7).queryKey
const list = machineQueries.list(REF, false).queryKey
const row = { ...machine(), note: 'of the row' }
const other = machine({ id: 8, name: 'db' })
const discs = [{ id: 5, label: 'disc-1', size: 25600 }]

describe('a reading that an operation made', () => {
  beforeEach(() => {
    queryClient.setQueryData(list, [other, row])
  })
  afterEach(() => queryClient.clear())

  test('is shown on the machine’s page and in its row, which takes no more than it has', () => {
    const now = reading({ power_on: false, discs })
    shareReading(REF, now)
    expect(queryClient.getQueryData(detail)).toEqual(now)
    expect(queryClient.getQueryData(list)).toEqual([other, { ...row, power_on: false }])
  })

  test('from a list leaves the page the discs that it has', () => {
    queryClient.setQueryData(detail, reading({ discs }))
    shareRow(REF, machine({ power_on: false }))
    expect(queryClient.getQueryData(detail)).toEqual(reading({ power_on: false, discs }))
  })

  test('from a list makes no page of a machine that nobody has opened', () => {
    shareRow(REF, machine())
    expect(queryClient.getQueryData(detail)).toBeUndefined()
  })

  test('re-renders nothing where nothing changed, and only the row that did', () => {
    const before = queryClient.getQueryData(list)
    shareReading(REF, reading())
    expect(queryClient.getQueryData(list)).toBe(before)
    shareReading(REF, reading({ power_on: false }))
    expect(queryClient.getQueryData(list)?.[0]).toBe(before?.[0])
  })

  test('does not put a machine into a list that does not have it', () => {
    shareReading(REF, reading({ id: 9 }))
    expect(queryClient.getQueryData(list)?.map(({ id }) => id)).toEqual([8, 7])
  })

  test('leaves other groups alone', () => {
    const elsewhere = machineQueries.list({ ...REF, group: 'staging' }, false).queryKey
    queryClient.setQueryData(elsewhere, [row])
    shareReading(REF, reading({ power_on: false }))
    expect(queryClient.getQueryData(elsewhere)).toEqual([row])
  })
})
