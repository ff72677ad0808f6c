import type { VirtualMachine } from '../api/virtual-machines.ts'

// What is seen of a machine after an action, and what the action makes of it.

/** What the machine has shown since the last answer, while an action is watched. Fit to be stored. */
export interface Evidence {
  /** When the last request was answered. A fetch that began before counts for nothing. */
  answeredAt: number
  headBefore: string | null
  /** Whether it was ever seen off, or on another head. */
  offSeen: boolean
  headMoved: boolean
  /** How often it was seen on. */
  timesSeenOn: number
  /** What BigV's answer has said that the user has to know when it is done. */
  said?: string
}

/** The machine as it was fetched after the last answer, with what it has shown before. */
export interface Observation<Expected = unknown> {
  /** When the fetch began, ms since 1970. */
  at: number
  vm: VirtualMachine
  creating: boolean
  /** The other machine, of an action on two. */
  other: VirtualMachine | undefined
  seen: Evidence
  /** What the action's `expects` has returned. */
  expected: Expected
}

/** What an action expects to be read back, as it is stored: without secrets. */
export type Expectations = Readonly<Record<string, unknown>>

/** How an action has ended; the note may be empty. */
export interface Settled {
  is: 'done' | 'superseded'
  note: string
}

/** What an observation shows of an action. True: done. False: not yet. */
export type Finding = boolean | Settled

/** How an action is watched. */
export interface Watch<Expected> {
  /** After how many ms it is called overdue (never failed: BigV may still do it). */
  overdueAfter: number
  /**
   * Whether it is seen to be done. A method, so that TypeScript does not check `Expected` where any action is read: after a reload it
   * comes from the storage, where the same action has put it.
   */
  isDone(observation: Observation<Expected>): Finding
}

/** In ms, for `overdueAfter`. */
export const minutes = (count: number): number => count * 60_000

export const done = (note = ''): { is: 'done'; note: string } => ({ is: 'done', note })
export const superseded = (note: string): { is: 'superseded'; note: string } => ({ is: 'superseded', note })

/** Whether a finding says that it was done. */
export function isDoneBy(found: Finding): boolean {
  return found === true || (typeof found === 'object' && found.is === 'done')
}

export const isOn = ({ vm }: Pick<Observation, 'vm'>): boolean => vm.power_on
export const isOff = ({ vm }: Pick<Observation, 'vm'>): boolean => !vm.power_on

/** Whether a machine is off, and nothing turns it on again. */
export const staysOff = (vm: VirtualMachine | null): boolean =>
  vm !== null && !vm.deleted && !vm.power_on && !vm.autoreboot_on

/** The attributes that two fetches of a machine are compared by, for the list of changes that were made elsewhere. */
export const COMPARED = [
  'name',
  'power_on',
  'autoreboot_on',
  'cores',
  'memory',
  'hardware_profile',
  'hardware_profile_locked',
  'head',
  'cdrom_url',
  'keymap',
  'deleted',
] as const

/** What may have changed of a machine between two fetches; `there`: whether BigV shows it. */
export type Trait = (typeof COMPARED)[number] | 'discs' | 'group' | 'there'

// For `accountsFor`. With any change of a machine's power, BigV may change these three.
export const power = (trait: Trait): boolean =>
  trait === 'power_on' || trait === 'autoreboot_on' || trait === 'head'
export const discs = (trait: Trait): boolean => trait === 'discs'
export const everything = (): boolean => true
export const nothing = (): boolean => false
