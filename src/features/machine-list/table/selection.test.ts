import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signIn, signOut } from '../../../session/session.ts'
import { clearSelection, extend, keepOnly, selectAlso, selectionOf, toggle } from './selection.ts'

const ORDER = [5, 3, 8, 1, 9, 2]
let lists = 0
const fresh = () => selectionOf(`list ${lists++}`)
const listOf = (...all: number[]) => all.map((id) => ({ vm: { id } }))
const ids = (selection: ReturnType<typeof fresh>) => [...selection.get().ids].toSorted((a, b) => a - b)

describe('selecting a range', () => {
  test('selects the machines from the last click to the new one, up or down the list', () => {
    const selection = fresh()
    toggle(selection, 8)
    extend(selection, ORDER, 9)
    expect(ids(selection)).toEqual([1, 8, 9])
    extend(selection, ORDER, 5)
    expect(ids(selection)).toEqual([3, 5, 8])
  })

  test('keeps the machines that were selected before', () => {
    const selection = fresh()
    toggle(selection, 3)
    toggle(selection, 1)
    extend(selection, ORDER, 5)
    extend(selection, ORDER, 2)
    expect(ids(selection)).toEqual([1, 2, 3, 9])
  })

  test('selects only the clicked machine if the one clicked before is gone, or there was none', () => {
    const selection = fresh()
    extend(selection, ORDER, 8)
    expect(ids(selection)).toEqual([8])
    extend(
      selection,
      ORDER.filter((id) => id !== 8),
      2,
    )
    expect(ids(selection)).toEqual([2, 8])
  })

  test('selects the same machines, whichever ranges were selected in between', () => {
    const id = fc.constantFrom(...ORDER)
    fc.assert(
      fc.property(fc.array(id), id, fc.array(id), id, (clicks, anchor, detours, end) => {
        const [straight, roundabout] = [fresh(), fresh()]
        for (const selection of [straight, roundabout]) {
          for (const click of clicks) toggle(selection, click)
          toggle(selection, anchor)
        }
        for (const detour of detours) extend(roundabout, ORDER, detour)
        for (const selection of [straight, roundabout]) extend(selection, ORDER, end)
        expect(ids(roundabout)).toEqual(ids(straight))
      }),
    )
  })
})

test('the selection drops machines that left the list, and notifies its listeners only then', () => {
  const selection = fresh()
  selectAlso(selection, [1, 2])
  toggle(selection, 3)
  let calls = 0
  selection.subscribe(() => calls++)
  keepOnly(selection, listOf(1, 2, 3, 4))
  expect(calls).toBe(0)
  keepOnly(selection, listOf(1, 2, 5))
  expect(ids(selection)).toEqual([1, 2])
  extend(selection, ORDER, 5)
  expect(ids(selection)).toEqual([1, 2, 5])
  clearSelection(selection)
  expect(ids(selection)).toEqual([])
})

test('each list has its own selection, which is cleared at sign-out but not by signing in again', () => {
  const credentials = { account: 'acme', username: 'ann', password: 'x', otp: '' }
  signIn(credentials, false)
  const [one, other] = [fresh(), fresh()]
  toggle(one, 1)
  expect(ids(other)).toEqual([])
  signIn({ ...credentials, otp: 'again' }, false)
  expect(ids(one)).toEqual([1])
  signOut()
  expect(ids(one)).toEqual([])
})
