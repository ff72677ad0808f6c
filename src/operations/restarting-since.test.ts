import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { machine } from '../api/testing/machines.ts'
import { noteRestarting, shouldBeOn } from './restarting-since.ts'

const NOW = Date.UTC(2026, 10, 23, 14, 0, 0)
const RESTARTING = { power_on: false, autoreboot_on: true }

const fetched = (given: Parameters<typeof machine>[0], creating = false) =>
  noteRestarting({ machines: [machine(given)], creating })

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] })
})
afterEach(() => {
  fetched({})
  vi.useRealTimers()
})

test('a machine should be on once it has been seen restarting for more than 60 s', () => {
  fetched(RESTARTING)
  vi.setSystemTime(NOW + 10_000)
  fetched(RESTARTING)
  expect(shouldBeOn(7, NOW + 60_000)).toBe(false)
  expect(shouldBeOn(7, NOW + 60_001)).toBe(true)
  expect(shouldBeOn(8, NOW + 60_001)).toBe(false)
})

test.each([
  ['it is seen on', {}, false],
  ['it stays off for good', { ...RESTARTING, autoreboot_on: false }, false],
  ['it is deleted', { ...RESTARTING, deleted: true }, false],
  ['it is being created', RESTARTING, true],
] as const)('the time begins again when %s', (_, given, creating) => {
  fetched(RESTARTING)
  vi.setSystemTime(NOW + 70_000)
  fetched(given, creating)
  expect(shouldBeOn(7, NOW + 70_000)).toBe(false)
  vi.setSystemTime(NOW + 80_000)
  fetched(RESTARTING)
  expect(shouldBeOn(7, NOW + 140_000)).toBe(false)
  expect(shouldBeOn(7, NOW + 140_001)).toBe(true)
})
