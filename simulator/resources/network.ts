import { rights, scopeOf } from '../access/rights.ts'
import { json, noContent, type Answer } from '../http/app.ts'
import { attributesOf, flag, id, integer, oneOf, orNone, text } from '../http/attributes.ts'
import {
  findMachine,
  findPartToChange,
  identityOf,
  requireLevel,
  requireUndeleted,
  type Call,
} from '../http/find.ts'
import { newAddress } from '../machine/create.ts'
import { badValues, messages, refusal } from '../rules/refusals.ts'
import { canonicalAddress } from '../state/addresses.ts'
import type { Ip, Level, Machine, Nic } from '../state/records.ts'
import type { Store } from '../state/store.ts'

// NICs and IPs: docs/bigv-api.md#9-network-nics-and-ips

/** The highest number of additional addresses that one NIC can have. */
const extraAddresses = 4

/** The JSON text of a NIC, including the additional addresses routed to its main address. */
const nicText = (store: Store, nic: Nic): string => {
  const extra = store.ips.by('nic', nic.id).filter((ip) => ip.extra)
  return JSON.stringify({
    id: nic.id,
    label: nic.label,
    ips: nic.ips,
    vlan_num: nic.vlan_num,
    mac: nic.mac,
    extra_ips: Object.fromEntries(extra.map((ip) => [ip.address, nic.ips[0]])),
    virtual_machine_id: nic.virtual_machine_id,
  })
}

/** POST, PUT and DELETE of NICs are refused. */
const refuseNicWrite = (call: Call): Answer => {
  findMachine(call, rights.changeMachine)
  throw refusal('nic_fixed')
}

/** How `parts.ts` handles NICs. */
export const nics = {
  overview: { list: 'network_interfaces', type: 'network-interface' },
  text: nicText,
  all: { POST: refuseNicWrite },
  one: { PUT: refuseNicWrite, DELETE: refuseNicWrite },
  short: {},
}

/**
 * POST .../nics/ID/ip_create: adds IPv4 addresses (not IPv6), routed to the main address. Answers 200, repeats the request,
 * and lists the new addresses in `ips`.
 */
export const createIps = (call: Call): Answer => {
  const { store, pool } = call.bigv
  const { part: nic } = findPartToChange(call, 'nics')
  const max = extraAddresses
  const values = attributesOf(
    call.body,
    { addresses: integer({ min: 1, max }), family: oneOf(['ipv4']), reason: text(), contiguous: flag },
    ['addresses', 'family', 'reason'],
  )
  const { addresses = 1 } = values
  const present = store.ips.by('nic', nic.id).filter((ip) => ip.extra).length
  if (present + addresses > max) throw refusal('too_many_ips')
  const ips = store.transaction(() =>
    Array.from({ length: addresses }, () => newAddress(pool)).map(
      (address) => store.ips.put({ address, nic_id: nic.id, extra: true, rdns: null }).address,
    ),
  )
  return json(200, { ...values, ips })
}

const hostPattern =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.?$/i

const findIp = (call: Call, level: Level | 'read'): { ip: Ip; machine: Machine } => {
  const { store } = call.bigv
  const ip = store.ips.get(canonicalAddress(call.params['address'] ?? '') ?? '')
  const machine = ip && store.machines.get(store.nics.get(ip.nic_id)?.virtual_machine_id ?? 0)
  if (!machine) throw refusal('missing')
  requireLevel(call, scopeOf(store, { machine }), level)
  return { ip, machine }
}

const shownIp = ({ address, rdns }: Ip): Answer => json(200, { address, rdns })

/** GET /ips/ADDRESS */
export const showIp = (call: Call): Answer => shownIp(findIp(call, 'read').ip)

/** PUT /ips/ADDRESS: sets the reverse DNS name, or removes it with null. */
export const updateIp = (call: Call): Answer => {
  const { ip, machine } = findIp(call, rights.changeMachine)
  requireUndeleted(machine)
  const { rdns = ip.rdns } = attributesOf(call.body, { rdns: orNone(text({ pattern: hostPattern })) })
  return shownIp(call.bigv.store.ips.put({ ...ip, rdns }))
}

/** DELETE /ips/ADDRESS: removes an additional address, which is then free for other machines. */
export const deleteIp = (call: Call): Answer => {
  const { ip, machine } = findIp(call, rights.changeMachine)
  requireUndeleted(machine)
  if (!ip.extra) throw refusal('main_address')
  call.bigv.store.remove('ips', ip.address)
  return noContent()
}

const nicToSwap = (call: Call, machineId: number, field: string): Nic => {
  const { store } = call.bigv
  const machine = store.machines.get(machineId)
  const [nic] = store.nics.by('machine', machineId)
  if (!machine || !nic) throw badValues({ [field]: [messages.invalid] })
  requireLevel(call, scopeOf(store, { machine }), rights.changeMachine)
  requireUndeleted(machine)
  return nic
}

/** POST /ips/swap_virtual_machine_ips: swaps the main addresses of two machines, and optionally the additional ones. */
export const swapIps = (call: Call): Answer => {
  identityOf(call)
  const { store } = call.bigv
  const values = attributesOf(
    call.body,
    { virtual_machine_1_id: id, virtual_machine_2_id: id, move_additional_ips: flag },
    ['virtual_machine_1_id', 'virtual_machine_2_id'],
  )
  const one = nicToSwap(call, values.virtual_machine_1_id ?? 0, 'virtual_machine_1_id')
  const other = nicToSwap(call, values.virtual_machine_2_id ?? 0, 'virtual_machine_2_id')
  store.transaction(() => {
    const moves = [
      [one, other],
      [other, one],
    ] as const
    const moved = moves.flatMap(([from, to]) =>
      store.ips
        .by('nic', from.id)
        .filter((ip) => !ip.extra || values.move_additional_ips)
        .map((ip) => [ip, to.id] as const),
    )
    for (const [ip, nic_id] of moved) store.ips.put({ ...ip, nic_id })
    for (const [from, to] of moves) store.nics.put({ ...to, ips: from.ips })
  })
  return json(200, values)
}
