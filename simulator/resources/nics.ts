import { jsonText, type Answer } from '../http/answer.ts'
import type { Call } from '../http/call.ts'
import { findMachine, findNic } from '../http/find.ts'
import { refusal } from '../http/refusal.ts'
import { listText } from '../http/views.ts'

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
  findMachine(call, 'vm_admin')
  throw refusal('nic_fixed')
}
