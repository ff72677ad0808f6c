import type { VirtualMachine } from '../api/virtual-machine.ts'
import type { MachineData } from '../api/virtual-machines.ts'
import type { Operation } from './operation.ts'
import { yesNo } from '../lib/text.ts'

/** The state of a machine: its shape, its words, and since when a change is under way. */
export interface MachineState {
  kind: 'deleted' | 'moving' | 'running' | 'restarting' | 'stopped'
  word: string
  /** When the change that moves it began, ms since 1970. */
  since: number | null
}

/**
 * Takes a machine's last reading and the operation of this user that is running on it, and returns its state; the first
 * that fits wins (design: "State of a machine").
 */
export function stateOf(
  vm: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'>,
  creating: boolean,
  operation: Operation | undefined,
): MachineState {
  if (vm.deleted) return { kind: 'deleted', word: 'Deleted', since: null }
  const moving = operation && movingWord(operation)
  if (moving) return { kind: 'moving', word: moving, since: operation.begunAt }
  if (creating) return { kind: 'moving', word: 'Creating…', since: null }
  if (vm.power_on) return { kind: 'running', word: 'Running', since: null }
  if (vm.autoreboot_on) return { kind: 'restarting', word: 'Restarting', since: null }
  return { kind: 'stopped', word: 'Stopped', since: null }
}

/** Takes a reading and returns what it shows, for a sentence: "Running, autoreboot_on yes". */
export function inWords({ vm, creating }: MachineData): string {
  return `${stateOf(vm, creating, undefined).word}, autoreboot_on ${yesNo(vm.autoreboot_on)}`
}

// While the machine is only being read nothing has been sent, so nothing moves.
function movingWord({ phase, inProgress }: Operation): string | null {
  return phase === 'sending' || phase === 'waiting' ? inProgress : null
}
