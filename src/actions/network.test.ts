import { describe, expect, test } from 'vitest'
import { machine } from '../api/testing/machines.ts'
import { machineActions } from './index.ts'
import { primaryAddresses } from './network.ts'
import { check } from './testing/check.ts'

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

test('an address swap covers the first NIC’s addresses and, on request, additional ones', () => {
  expect(primaryAddresses(at(A, ['192.0.2.9', '192.0.2.8']), false)).toEqual(A)
  expect(primaryAddresses(at(A, ['192.0.2.9', '192.0.2.8']), true)).toEqual([...A, '192.0.2.8', '192.0.2.9'])
  expect(primaryAddresses({}, false)).toBeNull()
  expect(primaryAddresses({ network_interfaces: [] }, false)).toBeNull()
})

describe('an address swap', () => {
  test('is done once each machine has the other’s addresses', () => {
    expect(check(swap(), at(B), at(A))).toEqual({
      is: 'done',
      note: `web now has ${B.join(', ')}, db has ${A.join(', ')}. Change the addresses inside the guests, too.`,
    })
  })

  test('waits while only one machine has new addresses, and ends as superseded if neither has', () => {
    expect(check(swap(), at(B), at(B))).toEqual({ is: 'waiting' })
    expect(check(swap(), at(A), at(B))).toMatchObject({ is: 'superseded' })
  })

  test('is done, if it includes additional addresses, once these are swapped as well', () => {
    const all = swap(true, at(A, ['192.0.2.9']), at(B))
    expect(check(all, at(B, ['192.0.2.9']), at(A))).toEqual({ is: 'waiting' })
    expect(check(all, at(B), at(A, ['192.0.2.9']))).toMatchObject({ is: 'done' })
  })

  test('is done with BigV’s answer, as its note says, if BigV lists no addresses', () => {
    expect(check(swap(), {}, at(A))).toEqual({
      is: 'done',
      note: 'BigV accepted the request, but its answer doesn’t list the addresses, so the change couldn’t be confirmed.',
    })
  })
})
