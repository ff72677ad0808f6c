import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  changeTable,
  DEFAULTS,
  moveColumn,
  readSetting,
  showColumn,
  sizeColumn,
  tableSetting,
} from './column-settings.ts'
import { COLUMN_IDS, SHOWN_BY_DEFAULT } from './columns.ts'

describe('what this browser remembers', () => {
  test('is taken as it was kept', () => {
    moveColumn('head', 'state')
    showColumn('id', true)
    showColumn('cores', false)
    sizeColumn('address', 200)
    changeTable({ density: 'compact' })
    expect(readSetting(JSON.parse(JSON.stringify(tableSetting())))).toEqual(tableSetting())
    changeTable(DEFAULTS)
  })

  test.each([
    [null],
    ['compact'],
    [[]],
    [{ order: 'name', shown: 7, widths: ['state'], density: 'huge' }],
    [{ widths: { state: 47, address: 1_001, head: '200', cores: null, nothing: 100, __proto__: 100 } }],
  ])('%j is what there is at first', (kept) => {
    expect(readSetting(kept)).toEqual(DEFAULTS)
  })

  test('by an older version, has the newer columns where they belong, not shown', () => {
    const { order, shown } = readSetting({
      order: ['head', 'state', 'name', 'gone'],
      shown: ['head', 'gone'],
    })
    expect(order.slice(0, 4)).toEqual(['name', 'head', 'id', 'hostname'])
    expect(order.toSorted()).toEqual(COLUMN_IDS.toSorted())
    expect(shown).toEqual(['name', 'head'])
  })

  test('may be anything: there is every column once, the name first and shown', () => {
    const id = fc.oneof(fc.constantFrom<unknown>(...COLUMN_IDS), fc.anything())
    const kept = fc.oneof(
      fc.anything(),
      fc.record({
        order: fc.array(id),
        shown: fc.array(id),
        widths: fc.dictionary(fc.string(), fc.anything()),
      }),
    )
    fc.assert(
      fc.property(kept, (value) => {
        const { order, shown } = readSetting(value)
        expect(order.toSorted()).toEqual(COLUMN_IDS.toSorted())
        expect(order[0]).toBe('name')
        expect(shown[0]).toBe('name')
        expect(new Set(shown).size).toBe(shown.length)
      }),
    )
  })
})

describe('changing the columns', () => {
  beforeEach(() => changeTable(DEFAULTS))
  afterEach(() => changeTable(DEFAULTS))

  test('a column goes to the place of another, either way', () => {
    moveColumn('state', 'cores')
    expect(tableSetting().order.slice(0, 5)).toEqual(['name', 'group', 'address', 'cores', 'state'])
    moveColumn('state', 'group')
    expect(tableSetting().order).toEqual(COLUMN_IDS)
  })

  test('nothing goes before the name, nor does the name', () => {
    moveColumn('state', 'name')
    moveColumn('name', 'state')
    expect(tableSetting().order).toEqual(COLUMN_IDS)
  })

  test('widths stay within reason, and can be given up', () => {
    sizeColumn('state', 3)
    sizeColumn('head', 5_000)
    expect(tableSetting().widths).toEqual({ state: 48, head: 1_000 })
    sizeColumn('state', null)
    expect(tableSetting().widths).toEqual({ head: 1_000 })
  })

  test('hiding and showing', () => {
    showColumn('head', false)
    expect(tableSetting().shown).toEqual(SHOWN_BY_DEFAULT.filter((id) => id !== 'head'))
    showColumn('head', true)
    expect(tableSetting().shown.toSorted()).toEqual(SHOWN_BY_DEFAULT.toSorted())
  })
})
