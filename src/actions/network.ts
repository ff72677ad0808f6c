import { ipSchema, type Ip } from '../api/ips.ts'
import { apiPath } from '../api/path.ts'
import { z } from '../api/schema.ts'
import type { MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import { existing, formAction, notDeleted, pairAction } from './declare.ts'
import { done, minutes, nothing, superseded } from './observation.ts'
import { post, put, type OtherTarget } from './requests.ts'

const common = {
  inProgress: null,
  menu: null,
  loses: 'nothing',
  powersOff: false,
  accountsFor: nothing,
} as const

export interface AddressRequest {
  nic: number
  addresses: number
  family: 'ipv4' | 'ipv6'
  reason: string
}

export const requestAddresses = formAction({
  ...common,
  name: 'request_ips',
  label: 'Request addresses',
  done: (name) => `Addresses for ${name} requested`,
  disabledReason: existing(),
  requests: ({ path }, { nic, ...asked }: AddressRequest) => [
    post(path + apiPath('nics', nic, 'ip_create'), { ...asked, contiguous: false }),
  ],
  /** The number of additional addresses afterwards; null if BigV doesn't list them. */
  expects({ nic, addresses }, vm): { nic: number; extra: number | null } {
    const extra = extraAddresses(vm, nic)
    return { nic, extra: extra && extra.length + addresses }
  },
  watch: null,
  checkAnswer: ({ data }) => done(granted(data)),
  isShown(vm, { nic, extra }) {
    const now = extraAddresses(vm, nic)
    return now !== null && extra !== null && now.length >= extra
  },
  cli: null,
})

export const setReverseDns = formAction({
  ...common,
  name: 'set_rdns',
  label: 'Set reverse DNS',
  done: (name) => `Reverse DNS of ${name} changed`,
  disabledReason: notDeleted,
  /** `name: null` removes the name. */
  requests: (_, { address, name }: { address: string; name: string | null }) => [
    put(apiPath('ips', address), { rdns: name }),
  ],
  expects: ({ address, name }) => ({ address, rdns: name }),
  watch: null,
  shownIn: {
    resource: 'ip',
    of: (_, { address }) => ({ address }),
    isDone: ({ rdns }: Ip, expected: { address: string; rdns: string | null }) =>
      sameHostName(rdns ?? null, expected.rdns),
  },
  checkAnswer({ data, request: { body } }) {
    const read = ipSchema.safeParse(data)
    if (!read.success || typeof body !== 'object' || body === null || !('rdns' in body)) return done()
    const now = read.data.rdns ?? null
    if (sameHostName(now, typeof body.rdns === 'string' ? body.rdns : null)) return done()
    return superseded(`BigV accepted the request, but the reverse DNS is ${now === null ? 'empty' : now}.`)
  },
  cli: null,
})

export interface AddressSwap {
  other: OtherTarget
  /** True to swap the additional addresses as well. */
  additional: boolean
}

/** The addresses that each machine should have after the swap. */
interface Swapped {
  /** The id of the action's own machine. */
  id: number
  ips: string[] | null
  other_ips: string[] | null
  additional: boolean
}

export const swapAddresses = pairAction({
  ...common,
  name: 'swap_ips',
  label: 'Swap addresses',
  done: (name) => `Addresses of ${name} swapped`,
  disabledReason: existing(),
  // As the official client sends it (docs/bigv-api.md#13-traffic-of-the-official-client).
  requests: ({ vm }, { other, additional }: AddressSwap) => [
    post(apiPath('ips', 'swap_virtual_machine_ips'), {
      virtual_machine_1_id: vm.id,
      virtual_machine_2_id: other.id,
      move_additional_ips: additional,
    }),
  ],
  expects: ({ additional }, own, other): Swapped => ({
    id: own.id,
    ips: other ? primaryAddresses(other, additional) : null,
    other_ips: primaryAddresses(own, additional),
    additional,
  }),
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, other, expected: { ips, other_ips, additional } }) {
      const here = primaryAddresses(vm, additional)
      const there = other ? primaryAddresses(other, additional) : null
      if (here === null || there === null) {
        return done(
          'BigV accepted the request, but its answer doesn’t list the addresses, so the change couldn’t be confirmed.',
        )
      }
      if (same(here, ips) && same(there, other_ips)) {
        const names = `${vm.name} now has ${here.join(', ')}, ${other?.name} has ${there.join(', ')}.`
        return done(`${names} Change the addresses inside the guests, too.`)
      }
      if (same(here, other_ips) && same(there, ips)) {
        return superseded('BigV accepted the request, but both machines still have their old addresses.')
      }
      return false
    },
  },
  needsDetail: true,
  // An address can't be on two machines, so either machine shows the swap.
  isShown(vm, { id, ips, other_ips, additional }) {
    const now = primaryAddresses(vm, additional)
    return now !== null && same(now, vm.id === id ? ips : other_ips)
  },
  decidedOn: (own, { additional }, other) => [
    primaryAddresses(own, additional),
    other ? primaryAddresses(other, additional) : null,
  ],
  other: {
    of: ({ other }) => other,
    disabledReason: swapProblem,
    unansweredText(found) {
      if (typeof found === 'boolean') {
        return found
          ? 'The addresses were swapped.'
          : 'Their addresses are neither the old ones nor the swapped ones.'
      }
      return found.is === 'done' ? found.note : 'They still have their old addresses.'
    },
  },
  cli({ server, other, body }) {
    const extra = body['move_additional_ips'] === true ? ['--swap-extra-ips'] : []
    return ['update', 'server', '--server', server, '--swap-ips-with', other, ...extra]
  },
})

/** Why two machines can't swap their addresses, or null. */
export function swapProblem(other: MachineData, own: MachineData): string | null {
  // While a machine is deleted, its NICs can't be changed (docs/bigv-api.md#delete-undelete-purge).
  if (other.vm.deleted) return `${other.vm.name} is deleted.`
  if (other.creating) return `${other.vm.name} is still being created.`
  const areKnown = primaryAddresses(own.vm, false) && primaryAddresses(other.vm, false)
  return areKnown ? null : 'The addresses of both machines aren’t known.'
}

/**
 * The addresses that a machine's first NIC got at its creation: IPv4 and IPv6. With `additional`, also the addresses routed to that NIC.
 * Null if BigV doesn't list them.
 */
export function primaryAddresses(
  { network_interfaces }: Pick<VirtualMachine, 'network_interfaces'>,
  additional: boolean,
): string[] | null {
  const nic = network_interfaces?.[0]
  if (!nic?.ips) return null
  return [...nic.ips, ...(additional ? Object.keys(nic.extra_ips ?? {}).toSorted() : [])]
}

/** The additional addresses of a NIC; null if BigV doesn't list them. */
function extraAddresses({ network_interfaces }: VirtualMachine, nic: number): string[] | null {
  const extra = network_interfaces?.find(({ id }) => id === nic)?.extra_ips
  return extra ? Object.keys(extra) : null
}

function same(addresses: readonly string[], expected: readonly string[] | null): boolean {
  return expected !== null && addresses.join() === expected.join()
}

const grantedSchema = z.looseObject({ ips: z.array(z.string()) })

/** BigV answers with the request's fields and, as `ips`, the new addresses (the official client relies on this). */
function granted(answer: unknown): string {
  const read = grantedSchema.safeParse(answer)
  if (!read.success) return 'BigV didn’t say which addresses it assigned.'
  const { ips } = read.data
  return ips.length === 0 ? 'BigV didn’t assign any.' : `New: ${ips.join(', ')}.`
}

function sameHostName(a: string | null, b: string | null): boolean {
  return plainHostName(a) === plainHostName(b)
}

// Host names ignore case, and their trailing dot is optional.
function plainHostName(name: string | null): string {
  return (name ?? '').toLowerCase().replace(/\.$/, '')
}
