import type { BoundAction } from '../actions/action.ts'
import type { MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import { yesNo } from '../lib/text.ts'
import type { Operation } from './operation.ts'

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
  if (vm.deleted) return 'Deleted, but not purged: you can undelete it.'
  if (vm.power_on) {
    return vm.autoreboot_on
      ? 'On. It restarts automatically whenever it powers off.'
      : 'On. It stays off once it powers off.'
  }
  return vm.autoreboot_on ? 'Off. BigV is turning it back on.' : 'Off. It stays off until you start it.'
}

/** What a fetched machine shows, for a sentence: "Running, autoreboot_on yes". */
export function inWords({ vm, creating }: MachineData): string {
  return `${stateOf(vm, creating, undefined).word}, autoreboot_on ${yesNo(vm.autoreboot_on)}`
}

// While the machine is only being read nothing has been sent, so nothing moves.
function movingWord({ phase, inProgress }: Operation): string | null {
  return phase === 'sending' || phase === 'waiting' ? inProgress : null
}

/** What a dialog has shown of the machine. If that has changed when it is confirmed, the user is asked again. */
export interface DecidedOn {
  name: string
  power_on: boolean
  autoreboot_on: boolean
  /** What its form showed besides, as the action has picked it out of what was fetched then. */
  decidedOn?: unknown
}

/** What a dialog or a form has shown of the machine, to be compared with what is fetched before the write. */
export function decidedOnFrom(
  bound: BoundAction,
  { vm }: MachineData,
  other?: MachineData,
): Required<DecidedOn> {
  const { name, power_on, autoreboot_on } = vm
  return { name, power_on, autoreboot_on, decidedOn: bound.decidedOn(vm, other?.vm) }
}

/** Whether a machine is otherwise than it was shown. */
export function differs(shown: DecidedOn, now: Required<DecidedOn>): boolean {
  const { name, power_on, autoreboot_on, decidedOn } = shown
  if (name !== now.name || power_on !== now.power_on || autoreboot_on !== now.autoreboot_on) return true
  return decidedOn !== undefined && JSON.stringify(decidedOn) !== JSON.stringify(now.decidedOn)
}
