import { expect, test } from 'vitest'
import { machineData, REF } from '../../api/testing/machines.ts'
import type { Operation } from '../../operations/operation.ts'
import { operation } from '../../operations/testing/samples.ts'
import { leftAutoreboot } from './autoreboot-offer.tsx'

const { vm } = machineData({ power_on: false, autoreboot_on: false })
const target = { ...REF, id: vm.id, name: vm.name }
const ended = (given: Partial<Operation>) => operation({ target, phase: 'ended', outcome: 'done', ...given })
const changed = { before: true, after: false }
// BigV turns automatic restart off for a re-image, which needs a machine that is off: the shutdown before it has changed the value.
const reimaged = ended({ action: 'reimage' })
const off = ended({ action: 'shut_down', autoreboot: changed })

test('is made after a re-image and after a failed action, but not after an ordinary shutdown', () => {
  expect(leftAutoreboot([off, reimaged], vm)).toEqual({ ...reimaged, autoreboot: changed })
  expect(leftAutoreboot([{ ...off, outcome: 'unclear' }], vm)?.action).toBe('shut_down')
  expect(leftAutoreboot([off], vm)).toBeUndefined()
  expect(leftAutoreboot([{ ...off, phase: 'waiting', outcome: null }], vm)).toBeUndefined()
})

test('compares with the value before the machine’s first change', () => {
  const on = ended({ action: 'restart', autoreboot: { before: false, after: true }, outcome: 'superseded' })
  expect(leftAutoreboot([on, off, reimaged], vm)).toBeUndefined()
  const { vm: isOn } = machineData({ autoreboot_on: true })
  expect(leftAutoreboot([on], isOn)?.autoreboot).toEqual({ before: false, after: true })
})

test('stays after key presses and after a privilege is granted on the machine', () => {
  const keys = operation({ action: 'send_keys', target })
  const privilege = operation({ action: 'grant_privilege', target })
  expect(leftAutoreboot([off, reimaged, keys, privilege], vm)?.action).toBe('reimage')
})

test('disappears after another operation, a change back, or a deletion of the machine', () => {
  expect(leftAutoreboot([off, reimaged, ended({ action: 'start' })], vm)).toBeUndefined()
  expect(leftAutoreboot([off, reimaged], { ...vm, autoreboot_on: true })).toBeUndefined()
  expect(leftAutoreboot([off, reimaged], { ...vm, deleted: true })).toBeUndefined()
})

test('is not made for actions that do nothing else than turn automatic restart on or off', () => {
  expect(
    leftAutoreboot([ended({ action: 'autoreboot_off', autoreboot: changed, outcome: 'unclear' })], vm),
  ).toBeUndefined()
})
