import type { MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import type { Operation } from './operation.ts'
import { yesNo } from '../lib/text.ts'

/** The state of a machine: its shape, its words, and since when a change is under way. */
export interface MachineState {
  kind: 'deleted' | 'moving' | 'running' | 'restarting' | 'stopped'
  word: string
  /** When the change that moves it began, ms since 1970. */
  since: number | null
}

/** The state of a machine, from what was fetched last and from the operation of this user that is running on it. The first that fits wins. */
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

/** A machine's two booleans in plain words: what it is, and what happens when it powers off. */
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

/** What a fetched machine shows, for a sentence: "Running, autoreboot_on yes". */
export function inWords({ vm, creating }: MachineData): string {
  return `${stateOf(vm, creating, undefined).word}, autoreboot_on ${yesNo(vm.autoreboot_on)}`
}

// While the machine is only being read nothing has been sent, so nothing moves.
function movingWord({ phase, inProgress }: Operation): string | null {
  return phase === 'sending' || phase === 'waiting' ? inProgress : null
}
