import { expect, test } from 'vitest'
import { hasChanged, missingAddress, withoutAddress } from './missing-addresses.ts'

test('addresses are fetched again only if a machine without one is turned on or off', () => {
  const addressed = {
    address: '10.0.0.1',
    further: '',
    macs: '',
    discs: 1024,
    devices: { discs: [], labels: '' },
  }
  const overview = { 1: addressed, 2: { ...addressed, address: undefined } }
  const listed = (first: boolean, second: boolean, third: boolean) =>
    withoutAddress(
      [first, second, third].map((power_on, at) => ({ id: at + 1, power_on })),
      overview,
    )
  const before = listed(true, false, false)
  expect([...before.keys()]).toEqual([2, 3])
  expect(hasChanged(before, listed(false, false, false))).toBe(false)
  expect(hasChanged(before, listed(true, true, false))).toBe(true)
  expect(hasChanged(before, listed(true, false, true))).toBe(true)
  // A machine that has just appeared doesn't count: a new machine in the list causes a fetch anyway.
  expect(hasChanged(new Map(), before)).toBe(false)
})

test('an address is missing until the overview has one for each machine', () => {
  const isMissing = missingAddress([{ id: 1, power_on: true }])
  const summary = { address: undefined, further: '', macs: '', discs: 0, devices: { discs: [], labels: '' } }
  expect(isMissing(undefined)).toBe(true)
  expect(isMissing({ 1: summary })).toBe(true)
  expect(isMissing({ 1: { ...summary, address: '10.0.0.1' } })).toBe(false)
  expect(missingAddress()(undefined)).toBe(false)
})
