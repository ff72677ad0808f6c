import type { MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import type { FormAction, NewMachineAction, OtherMachine, SimpleAction } from './action.ts'

// Builders that declare an action of each kind, and the `disabledReason` rules that several actions share.

/** Declares an action that needs nothing but the machine. TypeScript infers the action's name from the object. */
export function simpleAction<const Name extends string, Params = void, Expected = null>(
  action: Omit<SimpleAction<Name, Params, Expected>, 'on'>,
): SimpleAction<Name, Params, Expected> {
  return { ...action, on: 'machine' }
}

/** Declares an action with params. TypeScript infers `Params` and `Expected` from the functions, in their order in the type. */
export function formAction<const Name extends string, Params, Expected = null>(
  action: Omit<FormAction<Name, Params, Expected>, 'on' | 'confirmation'>,
): FormAction<Name, Params, Expected> {
  return { ...action, on: 'machine', confirmation: 'form' }
}

/** Declares an action that creates a machine. */
export function newMachineAction<const Name extends string, Params, Expected>(
  action: Omit<NewMachineAction<Name, Params, Expected>, 'on'>,
): NewMachineAction<Name, Params, Expected> {
  return { ...action, on: 'new machine' }
}

/** An action on two machines. */
interface PairAction<Name extends string = string, Params = never, Expected = unknown> extends FormAction<
  Name,
  Params,
  Expected
> {
  other: OtherMachine<Params>
}

/** Declares an action on two machines. */
export function pairAction<const Name extends string, Params, Expected = null>(
  action: Omit<PairAction<Name, Params, Expected>, 'on' | 'confirmation'>,
): PairAction<Name, Params, Expected> {
  return { ...action, on: 'machine', confirmation: 'form' }
}

type Rule = (machine: MachineData) => string | null

const DELETED = 'Deleted. Undelete it first.'
export const CREATING = 'Still being created.'

/** For actions on a machine that is neither deleted nor still being created. */
export const existing =
  (rule: (vm: VirtualMachine) => string | null = () => null): Rule =>
  ({ vm, creating }) => {
    if (vm.deleted) return DELETED
    return creating ? CREATING : rule(vm)
  }

/** Signals and actions that rely on the guest need a machine that is on (docs/bigv-api.md#signals). */
export const running = existing((vm) => {
  if (vm.power_on) return null
  return vm.autoreboot_on ? 'Off for now: BigV is turning the machine back on.' : 'Not running.'
})

/** For actions that need a machine that is off. */
export const switchedOff = (what: string): Rule =>
  existing((vm) => {
    if (vm.power_on) return `The machine is running. Shut it down to ${what}.`
    return vm.autoreboot_on ? `BigV is turning the machine back on. Force stop it to ${what}.` : null
  })

/** The loss of an action that cuts the power. */
export const powerCut = ({ power_on }: Pick<VirtualMachine, 'power_on'>): string | null =>
  power_on ? 'Unsaved data is lost.' : null

export const notDeleted: Rule = ({ vm }) => (vm.deleted ? DELETED : null)
