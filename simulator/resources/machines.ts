import { jsonText, noContent, type Answer } from '../http/answer.ts'
import { says, wantsOverview, type Call } from '../http/call.ts'
import { findGroup, findMachine, findShownMachine, readableMachines } from '../http/find.ts'
import { listText } from '../http/views.ts'
import { deleted, purge } from '../machine/remove.ts'
import { rights } from '../rules/rights.ts'
import { statuses } from '../rules/statuses.ts'
import type { Machine } from '../state/records.ts'

/** Returns the JSON text of a machine, with what it is made of if that is asked for. */
export const shownMachine = (call: Call, machine: Machine): string =>
  wantsOverview(call) ? call.brain.views.machineOverview(machine) : call.brain.views.machine(machine)

/** GET .../virtual_machines */
export const listMachines = (call: Call): Answer => {
  const machines = readableMachines(call, findGroup(call))
  return jsonText(200, listText(machines.map((machine) => shownMachine(call, machine))))
}

/** GET .../virtual_machines/ID: an object, not the array of the seed's example; 202 while it is being made. [terraform] */
export const showMachine = (call: Call): Answer => {
  const { machine } = findShownMachine(call)
  const status = machine.inside.task?.kind === 'create' ? statuses.inCreation.value : 200
  return jsonText(status, shownMachine(call, machine))
}

/** DELETE .../virtual_machines/ID: deletes, or with purge=true removes for good, be it deleted or not. [seed] */
export const deleteMachine = (call: Call): Answer => {
  const { store } = call.brain
  const { machine } = findMachine(call, rights.changeMachine.value)
  store.transaction(() => {
    if (says(call, 'purge')) purge(store, machine)
    else store.machines.put(deleted(machine))
  })
  return noContent()
}
