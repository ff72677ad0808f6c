import { describe, expect, test } from 'vitest'
import { machine } from '../api/testing/machines.ts'
import { machineActions, type MachineActionName } from './index.ts'
import { primaryAddresses } from './network.ts'

type Given = { action: MachineActionName; expects: unknown }
const seen = { answeredAt: 0, headBefore: null, offSeen: false, headMoved: false, timesSeenOn: 0 }
const checkSwap = ({ action, expects }: Given, vm: object, other?: object) => {
  const found = machineActions[action].watch?.isDone({
    at: 1,
    vm: { ...machine(), name: 'web', discs: null, network_interfaces: null, ...vm },
    creating: false,
    other: other && { ...machine(), name: 'db', discs: null, network_interfaces: null, ...other },
    seen,
    expected: expects,
  })
  return found === true ? { is: 'done', note: '' } : found === false ? { is: 'waiting' } : found
}
const swapExpected = (own: object, other: object, additional: boolean) =>
  machineActions.swap_ips.expects?.(
    { additional } as never,
    { ...machine(), ...own },
    { ...machine(), ...other },
  )

const A = ['192.0.2.1', '2001:db8::1']
const B = ['192.0.2.2', '2001:db8::2']
const at = (ips: string[], extra: string[] = []) => ({
  network_interfaces: [
    { id: 1, ips, extra_ips: Object.fromEntries(extra.map((ip) => [ip, ips[0] ?? ''])) },
    { id: 2, ips: ['10.0.0.1'] },
  ],
})
const swap = (additional = false, own = at(A), other = at(B)) =>
  ({ action: 'swap_ips', expects: swapExpected(own, other, additional) }) as const

test('the addresses that are swapped are those of the first NIC, with those routed to it where asked for', () => {
  expect(primaryAddresses(at(A, ['192.0.2.9', '192.0.2.8']), false)).toEqual(A)
  expect(primaryAddresses(at(A, ['192.0.2.9', '192.0.2.8']), true)).toEqual([...A, '192.0.2.8', '192.0.2.9'])
  expect(primaryAddresses({}, false)).toBeNull()
  expect(primaryAddresses({ network_interfaces: [] }, false)).toBeNull()
})

describe('swapping addresses', () => {
  test('is done when each machine has what the other had', () => {
    expect(checkSwap(swap(), at(B), at(A))).toEqual({
      is: 'done',
      note: `web has ${B.join(', ')} now, db has ${A.join(', ')}. The guests have to be told.`,
    })
  })

  test('waits while only one of them has, and is contradicted when both have what they had', () => {
    expect(checkSwap(swap(), at(B), at(B))).toEqual({ is: 'waiting' })
    expect(checkSwap(swap(), at(A), at(B))).toMatchObject({ is: 'superseded' })
  })

  test('with the additional addresses waits for those, too', () => {
    const all = swap(true, at(A, ['192.0.2.9']), at(B))
    expect(checkSwap(all, at(B, ['192.0.2.9']), at(A))).toEqual({ is: 'waiting' })
    expect(checkSwap(all, at(B), at(A, ['192.0.2.9']))).toMatchObject({ is: 'done' })
  })

  test('claims nothing where the addresses are not told, and says nothing of other operations', () => {
    expect(checkSwap(swap(), {}, at(A))).toEqual({
      is: 'done',
      note: 'BigV took it, but does not say which addresses they have now.',
    })
  })
})
