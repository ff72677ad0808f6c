import { expect, test } from 'vitest'
import { operation } from '../../operations/testing/samples.ts'
import { busyGroupReason } from './group-dialogs.tsx'

test('a running operation prevents renaming or deleting its own group, but no other', () => {
  const running = [operation()]
  expect(busyGroupReason('acme', 'default', running)).toBe('“Start web” is still running in this group.')
  expect(busyGroupReason('acme', 'staging', running)).toBeNull()
  expect(busyGroupReason('other', 'default', running)).toBeNull()
  expect(busyGroupReason('acme', 'default', [operation({ phase: 'ended' })])).toBeNull()
})
