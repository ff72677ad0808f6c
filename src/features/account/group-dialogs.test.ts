import { expect, test } from 'vitest'
import { operation } from '../../operations/testing/samples.ts'
import { busyGroupReason } from './group-dialogs.tsx'

const group = (name: string) => ({ id: 3, name })

test('a running operation prevents renaming or deleting the group it is in, and no other', () => {
  const running = [operation()]
  expect(busyGroupReason('acme', group('default'), running)).toBe(
    '“Start web” is still running in this group.',
  )
  expect(busyGroupReason('acme', group('staging'), running)).toBeNull()
  expect(busyGroupReason('other', group('default'), running)).toBeNull()
  expect(busyGroupReason('acme', group('default'), [operation({ phase: 'ended' })])).toBeNull()
  const inNumbered = [operation({ target: { account: 'acme', group: '3', id: 7, name: 'web' } })]
  expect(busyGroupReason('acme', group('42'), inNumbered)).not.toBeNull()
})
