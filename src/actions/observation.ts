import type { Group, GroupContents } from '../api/groups.ts'
import type { Ip } from '../api/ips.ts'
import type { Privilege, PrivilegePlace } from '../api/privileges.ts'
import type { User } from '../api/users.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import type { Target } from './requests.ts'

// What fetches show after an action, and what the action concludes from that.

/** What fetches have shown since BigV's last answer, while an action is watched. Plain JSON, so that it can be stored. */
export interface Evidence {
  /** When the last request was answered. A fetch that began earlier is ignored. */
  answeredAt: number
  headBefore: string | null
  /** True once the machine was seen off. */
  offSeen: boolean
  headMoved: boolean
  /** How often the machine was seen on. */
  timesSeenOn: number
  /** A note from BigV's answer, shown when the action is done. */
  said?: string
}

/** The machine as fetched after BigV's last answer, with what earlier fetches have shown (`seen`). */
export interface Observation<Expected = unknown> {
  /** When the fetch began, ms since 1970. */
  at: number
  vm: VirtualMachine
  creating: boolean
  /** The other machine, for an action on two. */
  other: VirtualMachine | undefined
  seen: Evidence
  /** The data returned by the action's `expects`. */
  expected: Expected
}

/** The data that a later fetch has to show, as stored: without secrets. */
export type Expectations = Readonly<Record<string, unknown>>

/** The outcome of an action; the note may be empty. */
export interface Settled {
  is: 'done' | 'superseded'
  note: string
}

/** What an action concludes from an observation. True: done. False: not yet. */
export type Finding = boolean | Settled

/** How an action is watched. */
export interface Watch<Expected> {
  /** After how many ms the action is overdue. It hasn't failed then: BigV may still do it. */
  overdueAfter: number
  /** `isDone` needs to see the moment at which the machine is off. Until then, the machine is fetched every second. */
  needsOffMoment?: true
  /** The note with which the action ends as unclear if it is overdue in a batch, and the machine was never seen off. */
  unseenNote?(observation: Observation<Expected>): string
  /**
   * The action's conclusion from an observation. A method, so that TypeScript doesn't check `Expected` for an arbitrary action: after a
   * reload the value comes from storage, where the same action put it.
   */
  isDone(observation: Observation<Expected>): Finding
}

/** Minutes in ms, for `overdueAfter`. */
export const minutes = (count: number): number => count * 60_000

export const done = (note = ''): { is: 'done'; note: string } => ({ is: 'done', note })
export const superseded = (note: string): { is: 'superseded'; note: string } => ({ is: 'superseded', note })

export function isDoneBy(found: Finding): boolean {
  return found === true || (typeof found === 'object' && found.is === 'done')
}

export const isOn = ({ vm }: Pick<Observation, 'vm'>): boolean => vm.power_on
export const isOff = ({ vm }: Pick<Observation, 'vm'>): boolean => !vm.power_on

/** True if a machine is off and nothing turns it on again. */
export const staysOff = (vm: VirtualMachine | null): boolean =>
  vm !== null && !vm.deleted && !vm.power_on && !vm.autoreboot_on

/** The attributes that are compared to find changes made elsewhere. */
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

/** The parts of a machine that may change between two fetches. `there`: BigV shows the machine. */
export type MachinePart = (typeof COMPARED)[number] | 'discs' | 'group' | 'there'

// The parts that any power change may change, for `accountsFor`.
export const power = (part: MachinePart): boolean =>
  part === 'power_on' || part === 'autoreboot_on' || part === 'head'
export const discs = (part: MachinePart): boolean => part === 'discs'
export const everything = (): boolean => true
export const nothing = (): boolean => false

/**
 * The kinds of data other than a machine that an action is about; `of` identifies one. operations/resource-action.ts fetches them, and
 * operations/activity/shown-in-pages.ts finds them in the pages' data.
 */
export interface ResourceData {
  groups: { of: { account: string }; is: readonly Group[] }
  /** Null if the group is gone. */
  contents: { of: { account: string; id: number }; is: GroupContents | null }
  user: { of: { id: number }; is: User }
  privileges: { of: PrivilegePlace; is: readonly Privilege[] }
  ip: { of: { address: string }; is: Ip }
}

/**
 * How a resource shows that an action was done. Both functions need only the stored operation, so that a page's later fetch can tell how an
 * unclear operation ended. They are methods, so that TypeScript doesn't check `Expected`, as in `Watch`: an operation stored by another
 * version of the dashboard may lack some of its fields.
 */
export interface ShownIn<Resource extends keyof ResourceData, Expected> {
  resource: Resource
  of(target: Target, expected: Expected): ResourceData[Resource]['of']
  /** True if the resource shows that the action was done. */
  isDone(data: ResourceData[Resource]['is'], expected: Expected): boolean
}
