import { createHash } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import type { Store } from './store.ts'

/** An address in its canonical spelling, so that it can be compared; null if it is invalid. */
export const canonicalAddress = (text: string): string | null => {
  if (isIPv4(text)) return text
  return isIPv6(text) && !text.includes('%') ? new URL(`http://[${text}]`).hostname.slice(1, -1) : null
}

/** 198.18.0.0/15 is reserved for network tests (RFC 2544), so no real host has our addresses. */
const publicBase = (198 << 24) | (18 << 16)
const publicSize = 2 ** 17

/** The text of an IPv4 address, from its 32-bit number. */
const dotted = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')

/** The public IPv4 addresses. The lowest free address is assigned next, so addresses are reused after a purge. */
export class AddressPool {
  readonly #store: Store
  #from = 10

  constructor(store: Store) {
    this.#store = store
    store.onCommit((changes) => {
      const gone = changes.some((change) => change.table === 'ips' && !change.after)
      if (gone) this.#from = 10
    })
  }

  /** A free public IPv4 address, or null if there is none. */
  allocate(): string | null {
    for (let offset = this.#from; offset < publicSize; offset++) {
      const last = offset & 255
      if (last === 0 || last === 255) continue
      const address = dotted(publicBase + offset)
      if (this.#store.ips.get(address)) continue
      this.#from = offset + 1
      return address
    }
    return null
  }
}

/** The IPv6 address of a NIC, from the range for documentation. The address is unique, since a NIC's id is never reused. */
export const ipv6Of = (nicId: number): string => {
  const high = (nicId >>> 16).toString(16)
  const low = (nicId & 0xffff).toString(16)
  return high === '0' ? `2001:db8:1::${low}` : `2001:db8:1::${high}:${low}`
}

/** The address of a machine's console, from the range 100.64.0.0/10. */
export const managementAddressOf = (machineId: number): string =>
  dotted(((100 << 24) | (64 << 16)) + (machineId % 2 ** 22))

/** The hardware address of a NIC. */
export const macOf = (nicId: number): string => {
  const digits = createHash('md5').update(`nic ${nicId}`).digest('hex').slice(0, 2)
  const number = nicId.toString(16).padStart(6, '0').slice(-6)
  return `fe:ff:${[digits, ...(number.match(/../g) ?? [])].join(':')}`
}
