import type { VirtualMachine } from '../api/virtual-machine.ts'
import type { MachineAction } from './requests.ts'

/** What a confirmation says of the action: what happens, and what may be lost. */
export const consequences = {
  stop: 'Pulls the plug: the guest is not asked, and what it has not written to disc is lost. It stays off.',
  reboot:
    'Cuts the power and turns it on again: the guest is not asked, and what it has not written to disc is lost.',
  shut_down:
    'Presses the ACPI power button. The guest decides; usually it shuts down within a minute, and stays off.',
  restart: 'Presses the ACPI power button. When the guest has shut down, BigV turns the machine on again.',
  reset:
    'Presses the reset button: the guest is not asked, and what it has not written to disc is lost. Changes of cores, memory or hardware profile that wait for a restart are not applied.',
  rescue:
    'Starts it once with BigV’s rescue system instead of its own, to mend what keeps it from booting. An older BigV ignores that, and starts it as usual: what came back is shown.',
  delete:
    'Takes it down, without asking the guest, and hides it. It can be restored for a time that BigV does not publish; until it is purged it holds its name and addresses.',
  purge:
    'Removes it for good: the data on all its discs is lost, its addresses go back to the pool, and its name is free again. This cannot be undone.',
} satisfies Partial<Record<MachineAction, string>>

/** Takes a machine's two booleans and says in plain words what it is and what would happen at a power-off. */
export function powerSentence(vm: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'>): string {
  if (vm.deleted) return 'Deleted, but not purged: it can be restored.'
  if (vm.power_on) {
    return vm.autoreboot_on
      ? 'On. It comes back on by itself whenever it powers off.'
      : 'On. It stays off once it powers off.'
  }
  return vm.autoreboot_on
    ? 'Off. BigV turns it on again by itself.'
    : 'Off. It stays off until it is started.'
}
