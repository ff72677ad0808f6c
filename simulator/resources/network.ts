import { json, jsonText, type Answer } from '../http/answer.ts'
import { attributesOf, flag, integer, oneOf, text } from '../http/attributes.ts'
import type { Call } from '../http/call.ts'
import { findMachine, findNic } from '../http/find.ts'
import { refusal } from '../http/refusal.ts'
import { newAddress } from '../machine/create.ts'
import { listText } from '../http/views.ts'
import { rights } from '../rules/rights.ts'
import { statuses } from '../rules/statuses.ts'
import { limits } from '../rules/limits.ts'

/** GET .../nics */
export const listNics = (call: Call): Answer => {
  const { machine } = findMachine(call)
  const { store, views } = call.brain
  return jsonText(200, listText(store.nics.by('machine', machine.id).map((nic) => views.nic(nic))))
}

/** GET .../nics/ID */
export const showNic = (call: Call): Answer => jsonText(200, call.brain.views.nic(findNic(call).nic))

/** POST, PUT and DELETE of NICs are switched off. [docs] */
export const refuseNicWrite = (call: Call): Answer => {
  findMachine(call, rights.changeMachine.value)
  throw refusal('nic_fixed')
}

/**
 * POST .../nics/ID/ip_create: extra IPv4 addresses, routed to the main one; no IPv6, and none can be given back [docs].
 * Answers 200 with the request and the new addresses in `ips` [client].
 */
export const createIps = (call: Call): Answer => {
  const { store, pool } = call.brain
  const { machine, nic } = findNic(call, rights.changeMachine.value)
  if (machine.deleted) throw refusal('deleted')
  const most = limits.extraAddresses.value
  const values = attributesOf(
    call.body,
    { addresses: integer({ min: 1, max: most }), family: oneOf(['ipv4']), reason: text(), contiguous: flag },
    ['addresses', 'family', 'reason'],
  )
  const { addresses = 1 } = values
  const present = store.ips.by('nic', nic.id).filter((ip) => ip.extra).length
  if (present + addresses > most) throw refusal('too_many_ips')
  const ips = store.transaction(() =>
    Array.from({ length: addresses }, () => newAddress(pool)).map(
      (address) => store.ips.put({ address, nic_id: nic.id, extra: true, rdns: null }).address,
    ),
  )
  return json(statuses.command.value, { ...values, ips })
}
