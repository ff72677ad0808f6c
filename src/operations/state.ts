import type { BoundAction } from '../actions/action.ts'
import type { MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import { onOff } from '../lib/text.ts'
import type { Operation } from './operation.ts'

/** The state of a machine: its kind, the word to show, and since when a change is running. */
export interface MachineState {
  kind: 'deleted' | 'moving' | 'running' | 'restarting' | 'stopped'
  word: string
  /** When the running change began, ms since 1970. */
  since: number | null
}

/** The state of a machine, going by the last fetch and by this user's operation on it. The first match wins. */
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

/** The facets of a list of machines. Each machine is in exactly one. */
export type Facet = 'running' | 'stopped' | 'changing' | 'deleted'

/**
 * The facet of a machine in this state. A restarting machine counts as changing, but as stopped once it should have been on for long
 * (operations/restarting-since.ts).
 */
export function facetOf({ kind }: Pick<MachineState, 'kind'>, shouldBeOn: boolean): Facet {
  if (kind === 'moving') return 'changing'
  if (kind === 'restarting') return shouldBeOn ? 'stopped' : 'changing'
  return kind
}

/**
 * A machine's two booleans in words: whether it is on, and what happens when it powers off. While it is being created, or an operation
 * changes it, its booleans don't say that.
 */
export function powerSentence(
  vm: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'>,
  creating = false,
  operation?: Operation,
): string {
  if (vm.deleted) return 'Deleted, but not purged: you can undelete it.'
  const moving = operation !== undefined && movingWord(operation) !== null
  if (creating || (moving && operation.action === 'create')) return 'BigV is creating the machine.'
  if (moving && !vm.power_on && !vm.autoreboot_on) return 'Off.'
  if (vm.power_on) {
    return vm.autoreboot_on
      ? 'On. It restarts automatically whenever it powers off.'
      : 'On. If it powers off, it stays off.'
  }
  return vm.autoreboot_on
    ? 'Off. BigV is turning the machine back on.'
    : 'Off. It stays off until you start it.'
}

/** A fetched machine's state, for use in a sentence: "Running, automatic restart on". */
export function inWords({ vm, creating }: MachineData): string {
  return `${stateOf(vm, creating, undefined).word}, automatic restart ${onOff(vm.autoreboot_on)}`
}

// While an operation is only checking, nothing has been sent yet.
function movingWord({ phase, inProgress }: Operation): string | null {
  if (phase === 'queued' && inProgress !== null) return 'Queued'
  return phase === 'sending' || phase === 'waiting' ? inProgress : null
}

/** The values of the machine that a dialog showed. If they have changed by the time of confirming, the user is asked again. */
export interface DecidedOn {
  name: string
  power_on: boolean
  autoreboot_on: boolean
  /** Further values from the dialog's form, as selected by the action. */
  decidedOn?: unknown
  /** The data other than the machine that the form showed (`shownIn` of its action). */
  resource?: unknown
}

/** The values of the machine that a dialog or form shows. They are compared with the values fetched before the write. */
export function decidedOnFrom(
  bound: BoundAction,
  { vm }: MachineData,
  other?: MachineData,
  resource?: unknown,
): Required<DecidedOn> {
  const { name, power_on, autoreboot_on } = vm
  return { name, power_on, autoreboot_on, decidedOn: bound.decidedOn(vm, other?.vm), resource }
}

/** True if the machine differs from what the dialog showed. */
export function differs(shown: DecidedOn, now: Required<DecidedOn>): boolean {
  const { name, power_on, autoreboot_on, decidedOn, resource } = shown
  if (name !== now.name || power_on !== now.power_on || autoreboot_on !== now.autoreboot_on) return true
  return isOther(decidedOn, now.decidedOn) || isOther(resource, now.resource)
}

function isOther(shown: unknown, now: unknown): boolean {
  return shown !== undefined && JSON.stringify(shown) !== JSON.stringify(now)
}
