import { apiPath } from '../api/path.ts'
import type { MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import { yesNo } from '../lib/text.ts'
import type {
  Finding,
  FormAction,
  NewMachineAction,
  Observation,
  OtherMachine,
  PlannedRequest,
  SimpleAction,
  Trait,
} from './action.ts'

type Rule = (machine: MachineData) => string | null

export const minutes = (count: number): number => count * 60_000

export const put = (path: string, body: object): PlannedRequest => ({ method: 'PUT', path, body })
export const post = (path: string, body: unknown): PlannedRequest => ({ method: 'POST', path, body })
export const signal = (path: string, body: object): PlannedRequest => post(path + apiPath('signal'), body)

export const done = (note = ''): { is: 'done'; note: string } => ({ is: 'done', note })
export const superseded = (note: string): { is: 'superseded'; note: string } => ({ is: 'superseded', note })

export const isOn = ({ vm }: Pick<Observation, 'vm'>): boolean => vm.power_on
export const isOff = ({ vm }: Pick<Observation, 'vm'>): boolean => !vm.power_on

/** What BigV may change of a machine with any change of its power. */
export const power = (trait: Trait): boolean =>
  trait === 'power_on' || trait === 'autoreboot_on' || trait === 'head'
export const everything = (): boolean => true
export const nothing = (): boolean => false
export const discs = (trait: Trait): boolean => trait === 'discs'

const DELETED = 'It is deleted. Restore it first.'
export const CREATING = 'It is still being created.'

/** For what can be done to a machine that is there, and not still being made. */
export const existing =
  (rule: (vm: VirtualMachine) => string | null = () => null): Rule =>
  ({ vm, creating }) => {
    if (vm.deleted) return DELETED
    return creating ? CREATING : rule(vm)
  }

/** Signals, and what goes by the guest, need a machine that is on (docs/bigv-api.md#signals). */
export const running = existing((vm) => {
  if (vm.power_on) return null
  return vm.autoreboot_on ? 'It is off just now; BigV is turning it on again.' : 'It is not running.'
})

/** For what needs a machine that is off. */
export const switchedOff = (what: string): Rule =>
  existing((vm) => {
    if (vm.power_on) return `It is running. Shut it down to ${what}.`
    return vm.autoreboot_on ? `BigV is turning it on again. Stop it to ${what}.` : null
  })

export const notDeleted: Rule = ({ vm }) => (vm.deleted ? DELETED : null)

/** Whether a finding says that it was done. */
export function isDoneBy(found: Finding): boolean {
  return found === true || (typeof found === 'object' && found.is === 'done')
}

/** A value as it is shown in a sentence about what was written. */
export function valueText(value: unknown): string {
  if (typeof value === 'boolean') return yesNo(value)
  return value === null || value === undefined ? 'none' : JSON.stringify(value)
}

/** Declares an action that needs nothing but the machine. Infers its name from the object. */
export function simpleAction<const Name extends string, Params = void, Expected = null>(
  action: Omit<SimpleAction<Name, Params, Expected>, 'on'>,
): SimpleAction<Name, Params, Expected> {
  return { ...action, on: 'machine' }
}

/** Declares one that carries something. Infers what it carries and expects from the functions, in their order in the type. */
export function formAction<const Name extends string, Params, Expected = null>(
  action: Omit<FormAction<Name, Params, Expected>, 'on' | 'asks'>,
): FormAction<Name, Params, Expected> {
  return { ...action, on: 'machine', asks: 'form' }
}

/** Declares one that makes a machine. */
export function newMachineAction<const Name extends string, Params, Expected>(
  action: Omit<NewMachineAction<Name, Params, Expected>, 'on'>,
): NewMachineAction<Name, Params, Expected> {
  return { ...action, on: 'new machine' }
}

/** One on two machines. */
interface PairAction<Name extends string = string, Params = never, Expected = unknown> extends FormAction<
  Name,
  Params,
  Expected
> {
  other: OtherMachine<Params>
}

/** Declares one on two machines. */
export function pairAction<const Name extends string, Params, Expected = null>(
  action: Omit<PairAction<Name, Params, Expected>, 'on' | 'asks'>,
): PairAction<Name, Params, Expected> {
  return { ...action, on: 'machine', asks: 'form' }
}
