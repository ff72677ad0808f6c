import type { Brain } from '../brain.ts'
import { addMachine, type MachineWish } from '../machine/create.ts'
import { addDisc, type DiscWish } from '../machine/discs.ts'
import { installed } from '../machine/install.ts'
import { lookedAfter, switchedOn, withInside } from '../machine/power.ts'
import { deleted } from '../machine/remove.ts'
import type { Group, Machine } from '../state/records.ts'

/** A machine as it stands when the simulator starts; nothing of it is still being built. */
export type StandingMachine = MachineWish & {
  discs?: DiscWish[]
  ignores_acpi?: boolean
  deleted?: boolean
  /** The system on its first disc; none when absent. */
  distribution?: string
}

/** Adds a machine that has been there for a while, and returns it. */
export const addStandingMachine = (brain: Brain, group: Group, wish: StandingMachine): Machine => {
  const { store, clock } = brain
  const { discs = [], ignores_acpi = false, distribution, ...own } = wish
  const bare = addMachine(brain, group, own)
  for (const disc of discs) addDisc(store, bare, disc)
  const image = distribution && {
    distribution,
    root_password: 'unknown',
    ssh_public_key: '',
    firstboot_script: '',
  }
  const ready = withInside(image ? installed(store, bare, image) : bare, { ignores_acpi })
  if (wish.deleted) return store.machines.put(deleted(ready))
  return store.machines.put(wish.power_on ? switchedOn(ready) : lookedAfter(ready, clock.now()))
}
