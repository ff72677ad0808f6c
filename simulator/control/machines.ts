import type { Brain } from '../brain.ts'
import { refusal } from '../http/refusal.ts'
import { lookedAfter, specOf, switchedOff, switchedOn, withInside } from '../machine/power.ts'
import { deleted } from '../machine/remove.ts'
import type { Id, Machine } from '../state/records.ts'
import type { MachinePatch, WholeMachine } from './types.ts'

const machineOf = (brain: Brain, id: Id): Machine => {
  const machine = brain.store.machines.get(id)
  if (!machine) throw refusal('missing')
  return machine
}

/** Returns everything about a machine. Throws a 404 when there is none. */
export const wholeMachine = (brain: Brain, id: Id): WholeMachine => {
  const { store, views } = brain
  const machine = machineOf(brain, id)
  const { running } = machine.inside
  const { hostname } = JSON.parse(views.machine(machine)) as { hostname: string }
  return {
    ...machine,
    hostname,
    pending: running !== null && JSON.stringify(running) !== JSON.stringify(specOf(machine)),
    discs: store.discs.by('machine', id),
    nics: store.nics.by('machine', id),
  }
}

const repowered = (machine: Machine, { power_on }: MachinePatch): Machine => {
  if (power_on === undefined || power_on === machine.power_on) return machine
  return power_on ? switchedOn(machine) : switchedOff(machine)
}

/** Changes a machine at once, as if somebody else had; throws a 404 when there is none. */
export const patchMachine = (brain: Brain, id: Id, patch: MachinePatch): WholeMachine => {
  const { power_on: _, deleted: gone, ignores_acpi, ...attributes } = patch
  const machine = repowered({ ...machineOf(brain, id), ...attributes }, patch)
  const inside = ignores_acpi === undefined ? machine : withInside(machine, { ignores_acpi })
  const there = gone === undefined ? inside : gone ? deleted(inside) : { ...inside, deleted: false }
  brain.store.machines.put(lookedAfter(there, brain.clock.now()))
  return wholeMachine(brain, id)
}
