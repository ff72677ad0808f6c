import type { VirtualMachine } from '../api/virtual-machine.ts'
import type { Operation } from './operation.ts'

type Networked = Pick<VirtualMachine, 'network_interfaces'>

/**
 * Takes a machine and returns the addresses of its first NIC, which are those it was created with: IPv4, IPv6, and where `additional`
 * is set those routed to it. Null where BigV does not tell.
 */
export function primaryAddresses({ network_interfaces }: Networked, additional: boolean): string[] | null {
  const nic = network_interfaces?.[0]
  if (!nic?.ips) return null
  return [...nic.ips, ...(additional ? Object.keys(nic.extra_ips ?? {}).toSorted() : [])]
}

/** What has to be read back of swapped addresses: which of them each of the two machines is to have. */
export function swapExpected(own: Networked, other: Networked, additional: boolean): Record<string, unknown> {
  return {
    ips: primaryAddresses(other, additional),
    other_ips: primaryAddresses(own, additional),
    additional,
  }
}

/**
 * Takes an operation, its machine and the other one as they were read afterwards, and says what their addresses say of it; null
 * when it swaps none.
 */
export function judgeSwap(
  { action, expects, target, also }: Pick<Operation, 'action' | 'expects' | 'target' | 'also'>,
  own: Networked,
  other: Networked,
): { is: 'done' | 'overtaken'; note: string } | { is: 'waiting' } | null {
  if (action !== 'swap_ips') return null
  const additional = expects?.['additional'] === true
  const [here, there] = [primaryAddresses(own, additional), primaryAddresses(other, additional)]
  if (here === null || there === null || !expects) {
    return { is: 'done', note: 'BigV took it, but does not say which addresses they have now.' }
  }
  if (same(here, expects['ips']) && same(there, expects['other_ips'])) {
    const names = `${target.name} has ${here.join(', ')} now, ${also?.name} has ${there.join(', ')}.`
    return { is: 'done', note: `${names} The guests have to be told.` }
  }
  if (same(here, expects['other_ips']) && same(there, expects['ips'])) {
    return { is: 'overtaken', note: 'BigV took the request, but both have the addresses that they had.' }
  }
  return { is: 'waiting' }
}

function same(addresses: readonly string[], expected: unknown): boolean {
  return Array.isArray(expected) && addresses.join() === expected.join()
}
