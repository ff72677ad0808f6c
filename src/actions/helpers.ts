import { yesNo } from '../lib/text.ts'
import { apiPath } from '../api/path.ts'
import type { MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import type { Finding, PlannedRequest, Observation, Trait } from './action.ts'

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
