import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  changeTable,
  DEFAULTS,
  moveColumn,
  parseSetting,
  showColumn,
  resizeColumn,
  tableSetting,
} from './column-settings.ts'
import { COLUMN_IDS, SHOWN_BY_DEFAULT } from './columns.ts'

describe('the stored table settings', () => {
  test('are the same after being saved as JSON and loaded again', () => {
    moveColumn('head', 'state')
    showColumn('id', true)
    showColumn('cores', false)
    resizeColumn('address', 200)
    changeTable({ density: 'compact' })
    expect(parseSetting(JSON.parse(JSON.stringify(tableSetting())))).toEqual(tableSetting())
    changeTable(DEFAULTS)
  })

  test.each([
    ['null', null],
    ['a text', 'compact'],
    ['a list', []],
    ['settings of the wrong types', { order: 'name', shown: 7, widths: ['state'], density: 'huge' }],
    [
      'widths that are too small, too large, or not numbers',
      { widths: { state: 47, address: 1_001, head: '200', cores: null, nothing: 100, __proto__: 100 } },
    ],
  ])('are the defaults if the stored ones are invalid: %s', (_, stored) => {
    expect(parseSetting(stored)).toEqual(DEFAULTS)
  })

  test('get columns that a later version adds, hidden and in their default place', () => {
    const { order, shown } = parseSetting({
      order: ['head', 'state', 'name', 'gone'],
      shown: ['head', 'gone'],
    })
    expect(order.slice(0, 4)).toEqual(['name', 'head', 'id', 'hostname'])
    expect(order.toSorted()).toEqual(COLUMN_IDS.toSorted())
    expect(shown).toEqual(['name', 'head'])
  })

  test('always include every column once, with the name first and shown', () => {
    const id = fc.oneof(fc.constantFrom<unknown>(...COLUMN_IDS), fc.anything())
    const stored = fc.oneof(
      fc.anything(),
      fc.record({
        order: fc.array(id),
        shown: fc.array(id),
        widths: fc.dictionary(fc.string(), fc.anything()),
      }),
    )
    fc.assert(
      fc.property(stored, (value) => {
        const { order, shown } = parseSetting(value)
        expect(order.toSorted()).toEqual(COLUMN_IDS.toSorted())
        expect(order[0]).toBe('name')
        expect(shown[0]).toBe('name')
        expect(new Set(shown).size).toBe(shown.length)
      }),
    )
  })
})

describe('a change of the columns', () => {
  beforeEach(() => changeTable(DEFAULTS))
  afterEach(() => changeTable(DEFAULTS))

  test('moves a column to the place of another, in both directions', () => {
    moveColumn('state', 'cores')
    expect(tableSetting().order.slice(0, 5)).toEqual(['name', 'group', 'address', 'cores', 'state'])
    moveColumn('state', 'group')
    expect(tableSetting().order).toEqual(COLUMN_IDS)
  })

  test('keeps the name first', () => {
    moveColumn('state', 'name')
    moveColumn('name', 'state')
    expect(tableSetting().order).toEqual(COLUMN_IDS)
  })

  test('limits widths to 48–1,000 px, and can make them automatic again', () => {
    resizeColumn('state', 3)
    resizeColumn('head', 5_000)
    expect(tableSetting().widths).toEqual({ state: 48, head: 1_000 })
    resizeColumn('state', null)
    expect(tableSetting().widths).toEqual({ head: 1_000 })
  })

  test('hides and shows a column', () => {
    showColumn('head', false)
    expect(tableSetting().shown).toEqual(SHOWN_BY_DEFAULT.filter((id) => id !== 'head'))
    showColumn('head', true)
    expect(tableSetting().shown.toSorted()).toEqual(SHOWN_BY_DEFAULT.toSorted())
  })
})
