import { jsonText, type Answer } from '../http/answer.ts'
import { readAttributes, that, flag, integer } from '../http/attributes.ts'
import type { Call } from '../http/call.ts'
import { findMachine, need, type FoundMachine } from '../http/find.ts'
import { badValues, refusal } from '../http/refusal.ts'
import { poweredAs } from '../machine/power.ts'
import { scopeOf } from '../access/rights.ts'
import { refusals } from '../rules/refusals.ts'
import { rights } from '../rules/rights.ts'
import { messages } from '../rules/messages.ts'
import type { Group, Machine, Task } from '../state/records.ts'
import { machineAttributes, machineName } from './machine-attributes.ts'
import { shownMachine } from './virtual-machines.ts'

/** Returns the group that the body moves the machine to, which is its own when it says none. [client] */
const targetGroup = (call: Call, found: FoundMachine): Group => {
  const wanted = call.body['group_id']
  if (wanted === undefined || wanted === found.group.id) return found.group
  const group = typeof wanted === 'number' ? call.brain.store.groups.get(wanted) : undefined
  if (!group) throw badValues({ group_id: [messages.invalid] })
  need(call, scopeOf(call.brain.store, { group: found.group }), rights.moveMachine.value)
  need(call, scopeOf(call.brain.store, { group }), rights.moveMachine.value)
  return group
}

/** Returns the machine as the body wants it. Throws a 400, and nothing has changed, when any of it cannot be. */
const changed = (call: Call, found: FoundMachine): Machine => {
  const { machine } = found
  const { store, clock } = call.brain
  const group = targetGroup(call, found)
  const wantsName = 'name' in call.body || group !== found.group
  const { values, errors } = readAttributes(wantsName ? { name: machine.name, ...call.body } : call.body, {
    ...machineAttributes,
    name: machineName(store, group.id, machine),
    group_id: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    deleted: that(flag, (value) => !value || machine.deleted, refusals.delete_by_put.says),
  })
  if (Object.keys(errors).length > 0) throw badValues(errors)
  const { power_on, autoreboot_on, ...others } = values
  const next = { ...machine, ...others }
  if (next.deleted && (power_on || autoreboot_on)) throw refusal('deleted')
  const flags = {
    ...(power_on !== undefined && { power_on }),
    ...(autoreboot_on !== undefined && { autoreboot_on }),
  }
  return poweredAs(next, flags, clock.now())
}

/** Returns the task that a PUT waits for: the start that was asked for. */
const awaited = (call: Call, machine: Machine): Task | null => {
  const { task } = machine.inside
  return call.body['power_on'] === true && task?.kind === 'start' ? task : null
}

/**
 * PUT .../virtual_machines/ID: only the attributes in the body change [docs]. Turning on answers when the machine is on,
 * as calls block until they are done [seed]; turning off is instant; what BigV does by itself is not waited for.
 */
export const updateMachine = async (call: Call): Promise<Answer> => {
  const { store } = call.brain
  const found = findMachine(call, rights.changeMachine.value)
  const machine = store.machines.put(changed(call, found))
  const task = awaited(call, machine)
  if (task) await call.brain.settled(machine.id, task)
  const now = store.machines.get(machine.id)
  if (!now) throw refusal('missing')
  return jsonText(200, shownMachine(call, now))
}
