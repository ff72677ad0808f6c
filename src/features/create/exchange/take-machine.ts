import type { Definitions } from '../../../api/definitions.ts'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import { takeBundle, type Taken } from './take-bundle.ts'

/**
 * Takes a machine as BigV has it, and the definitions as far as they are known, and returns what the form takes of it for
 * another like it: under the next name, on, and with the distribution that was last installed. Its addresses stay its own, and
 * keys, script and password are known to nobody.
 */
export function takeMachine(vm: VirtualMachine, definitions: Definitions | undefined): Taken {
  const { cores, memory, hardware_profile, hardware_profile_locked, keymap, cdrom_url, zone_name } = vm
  const installed = known(definitions?.distributions, vm.last_imaged_with)
  return takeBundle(
    {
      virtual_machine: {
        name: nextName(vm.name),
        cores,
        memory,
        hardware_profile,
        hardware_profile_locked: hardware_profile_locked ?? false,
        keymap,
        cdrom_url,
        // "default" is where a machine stands that was told no zone.
        zone_name: known(definitions?.zone_names, zone_name),
        power_on: true,
        // Of one that is off it may have been stopped, which turns this off.
        autoreboot_on: vm.power_on ? vm.autoreboot_on : true,
      },
      discs: (vm.discs ?? []).map(({ label, size, storage_grade }) => ({ label, size, storage_grade })),
      ...(installed && { reimage: { distribution: installed } }),
    },
    definitions,
    true,
  )
}

/** Takes a name and returns the next: web1 → web2, web09 → web10, db → db-2. */
export function nextName(name: string): string {
  const digits = /\d+$/.exec(name)?.[0]
  if (digits === undefined) return `${name}-2`
  const next = String(BigInt(digits) + 1n).padStart(digits.length, '0')
  return name.slice(0, -digits.length) + next
}

/** The name, where BigV offers it, or has not told what it offers. */
function known(names: readonly string[] | undefined, name: string | null | undefined) {
  return names === undefined || (name && names.includes(name)) ? name : null
}
