import { scopeOf } from '../access/rights.ts'
import { json, type Answer } from '../http/answer.ts'
import { attributesOf, flag, integer, orNone, readAttributes, text } from '../http/attributes.ts'
import { identityOf, type Call } from '../http/call.ts'
import { need } from '../http/find.ts'
import { badValues, refusal } from '../http/refusal.ts'
import { rights } from '../rules/rights.ts'
import { messages } from '../rules/messages.ts'
import { canonicalAddress } from '../state/addresses.ts'
import type { Ip, Level, Machine, Nic } from '../state/records.ts'

const hostPattern =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.?$/i

const findIp = (call: Call, level: Level | 'read'): { ip: Ip; machine: Machine } => {
  const { store } = call.brain
  const ip = store.ips.get(canonicalAddress(call.params['address'] ?? '') ?? '')
  const machine = ip && store.machines.get(store.nics.get(ip.nic_id)?.virtual_machine_id ?? 0)
  if (!machine) throw refusal('missing')
  need(call, scopeOf(store, { machine }), level)
  return { ip, machine }
}

const shown = ({ address, rdns }: Ip): Answer => json(200, { address, rdns })

/** GET /ips/ADDRESS [docs] */
export const showIp = (call: Call): Answer => shown(findIp(call, 'read').ip)

/** PUT /ips/ADDRESS: the reverse DNS name, or null for none. [docs] */
export const updateIp = (call: Call): Answer => {
  const { ip, machine } = findIp(call, rights.changeMachine.value)
  if (machine.deleted) throw refusal('deleted')
  const { rdns = ip.rdns } = attributesOf(call.body, { rdns: orNone(text({ pattern: hostPattern })) })
  return shown(call.brain.store.ips.put({ ...ip, rdns }))
}

const anyId = integer({ min: 1, max: Number.MAX_SAFE_INTEGER })

const nicToSwap = (call: Call, id: number, field: string): Nic => {
  const { store } = call.brain
  const machine = store.machines.get(id)
  const [nic] = store.nics.by('machine', id)
  if (!machine || !nic) throw badValues({ [field]: [messages.invalid] })
  need(call, scopeOf(store, { machine }), rights.changeMachine.value)
  if (machine.deleted) throw refusal('deleted')
  return nic
}

/** POST /ips/swap_virtual_machine_ips: two machines take each other's addresses, extra ones if told. [client] */
export const swapIps = (call: Call): Answer => {
  identityOf(call)
  const { store } = call.brain
  const { values, errors } = readAttributes(
    call.body,
    { virtual_machine_1_id: anyId, virtual_machine_2_id: anyId, move_additional_ips: flag },
    ['virtual_machine_1_id', 'virtual_machine_2_id'],
  )
  if (Object.keys(errors).length > 0) throw badValues(errors)
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
