import type { VirtualMachine } from '../api/virtual-machines.ts'

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
