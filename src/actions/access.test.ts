import { describe, expect, test } from 'vitest'
import { isBelow, levelOver, levelsToGive } from './levels.ts'

const PLACE = { account: 1, group: 2, vm: 3 }

describe('the level that one has over a place', () => {
  test('is the highest of those on it and on what it is in, and on the cluster', () => {
    const console = { id: 1, level: 'vm_console', virtual_machine_id: 3 }
    const group = { id: 2, level: 'group_admin', group_id: 2 }
    expect(levelOver([console], PLACE)).toBe('vm_console')
    expect(levelOver([console, group], PLACE)).toBe('group_admin')
    expect(levelOver([group, { id: 3, level: 'account_admin', account_id: 1 }], PLACE)).toBe('account_admin')
    expect(levelOver([{ id: 4, level: 'cluster_admin', account_id: null }], PLACE)).toBe('cluster_admin')
  })

  test('is none from privileges on other places, or of levels that are not known', () => {
    const elsewhere = [
      { id: 1, level: 'account_admin', account_id: 9 },
      { id: 2, level: 'group_admin', group_id: 9 },
      { id: 3, level: 'vm_admin', virtual_machine_id: 9 },
      { id: 4, level: 'emperor', account_id: 1 },
    ]
    expect(levelOver(elsewhere, PLACE)).toBeNull()
    expect(levelOver([{ id: 2, level: 'group_admin', group_id: 2 }], { account: 1 })).toBeNull()
  })
})

test.each([
  [{ account: 1 }, 'account_admin', ['group_admin', 'vm_admin', 'vm_console']],
  [{ account: 1 }, 'cluster_admin', ['account_admin', 'group_admin', 'vm_admin', 'vm_console']],
  [{ account: 1, group: 2 }, 'account_admin', ['group_admin', 'vm_admin', 'vm_console']],
  [{ account: 1, group: 2 }, 'group_admin', ['vm_admin', 'vm_console']],
  [PLACE, 'account_admin', ['vm_admin', 'vm_console']],
  [PLACE, 'vm_console', []],
  [PLACE, null, ['vm_admin', 'vm_console']],
] as const)('on %j one who is %s can give %j', (place, own, levels) => {
  expect(levelsToGive(place, own)).toEqual(levels)
})

test('a level that is not known is neither below nor above another', () => {
  expect(isBelow('vm_console', 'vm_admin')).toBe(true)
  expect(isBelow('vm_admin', 'vm_admin')).toBe(false)
  expect(isBelow('emperor', 'vm_admin')).toBe(false)
  expect(isBelow('vm_admin', 'emperor')).toBe(false)
})
