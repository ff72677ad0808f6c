import type { Disc } from '../api/virtual-machine.ts'
import type { MachineReading } from '../api/virtual-machines.ts'
import { MOST_DISCS } from './refusals.ts'

type Power = Pick<MachineReading['vm'], 'power_on' | 'autoreboot_on'>

/** Takes the machine that has a disc and returns why the disc cannot leave it, or null: both machines must be off (API reference, "Discs"). */
export function sourceProblem({ power_on, autoreboot_on }: Power): string | null {
  if (power_on) return 'It is running. Shut it down to move a disc away.'
  return autoreboot_on ? 'BigV is turning it on again. Stop it to move a disc away.' : null
}

/** Takes a disc and the machine that it is to go to, as it reads, and returns why it cannot go there, or null. */
export function targetProblem(disc: Disc, { vm, creating }: MachineReading): string | null {
  if (vm.deleted) return `${vm.name} is deleted.`
  if (creating) return `${vm.name} is still being created.`
  if (vm.power_on) return `${vm.name} is running. Shut it down first.`
  if (vm.autoreboot_on) return `BigV is turning ${vm.name} on again. Stop it first.`
  const discs = vm.discs ?? []
  if (discs.length >= MOST_DISCS) return `${vm.name} has eight discs already, which is the most.`
  const taken = discs.some(({ label }) => label === disc.label)
  return taken ? `${vm.name} has a disc called ${disc.label} already. Rename this one first.` : null
}
