import { power } from '../rules/power.ts'
import type { Machine } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { removeDisc } from './discs.ts'
import { switchedOff } from './power.ts'

/** Returns the machine deleted: off, and hidden unless asked for. [seed] */
export const deleted = (machine: Machine): Machine => ({
  ...switchedOff(machine),
  ...power.afterDelete.value,
})

/** Removes a machine for good, with its discs; its addresses go back into the pool, its name is free. [seed] */
export const purge = (store: Store, machine: Machine): void => {
  for (const disc of store.discs.by('machine', machine.id)) removeDisc(store, disc)
  for (const nic of store.nics.by('machine', machine.id)) {
    for (const ip of store.ips.by('nic', nic.id)) store.ips.remove(ip.address)
    store.nics.remove(nic.id)
  }
  for (const privilege of store.privileges.by('machine', machine.id)) store.privileges.remove(privilege.id)
  store.machines.remove(machine.id)
}
