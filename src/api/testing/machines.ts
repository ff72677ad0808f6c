import type { MachineData, VirtualMachine } from '../virtual-machines.ts'

export const REF = { account: 'acme', group: 'default' }
export const PATH = '/accounts/acme/groups/default/virtual_machines/7'

/** A running machine that restarts automatically, with the given attributes changed. */
export function machine(given: Partial<VirtualMachine> = {}): VirtualMachine {
  return {
    id: 7,
    name: 'web',
    power_on: true,
    autoreboot_on: true,
    cores: 1,
    memory: 1024,
    deleted: false,
    head: 'head1',
    ...given,
  }
}

/** The same machine, as fetched. */
export function machineData(given: Partial<VirtualMachine> = {}, creating = false): MachineData {
  return { vm: machine(given), creating }
}

/** Every state of a machine. */
export const STATES = {
  running: machineData(),
  'running, to stay off': machineData({ autoreboot_on: false }),
  restarting: machineData({ power_on: false }),
  stopped: machineData({ power_on: false, autoreboot_on: false }),
  deleted: machineData({ power_on: false, autoreboot_on: false, deleted: true }),
  'deleted, but on': machineData({ deleted: true }),
  creating: machineData({ power_on: false }, true),
} satisfies Record<string, MachineData>
