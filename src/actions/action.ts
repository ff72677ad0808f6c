import type { Method } from '../api/http.ts'
import { machinePath, type MachineData, type VirtualMachine } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'

/** A request that will be sent. The body is whole, secrets included: show it through `redacted` only. */
export interface PlannedRequest {
  method: Exclude<Method, 'GET'>
  path: string
  body?: unknown
}

/** The machine that an action is about; the name alone while BigV is still making it, or of what is no machine. */
export interface Target {
  account: string
  group: string
  id: number | null
  name: string
}

/** The other machine of an action on two. */
export type OtherTarget = Target & { id: number }

/** A machine as its requests need it. */
export interface Machine {
  /** Its path at BigV, by its id. */
  path: string
  vm: Pick<VirtualMachine, 'id' | 'autoreboot_on'>
}

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
  /** What has to be read back, as `expects` has returned it. */
  expected: Expected
}

/** How it has ended; the note may be empty. */
interface Settled {
  is: 'done' | 'superseded'
  note: string
}

/** True: done. False: not yet. */
export type Finding = boolean | Settled

/** BigV's answer to the last request; the machine in it, where it was one. */
interface Answered {
  data: unknown
  vm: VirtualMachine | undefined
  request: PlannedRequest
}

/** What has to be read back, as it is stored. */
export type Expectations = Readonly<Record<string, unknown>>

/** What may have changed between two fetches of a machine, for the list of changes that were made elsewhere. */
export type Trait =
  | 'name'
  | 'power_on'
  | 'autoreboot_on'
  | 'cores'
  | 'memory'
  | 'hardware_profile'
  | 'hardware_profile_locked'
  | 'head'
  | 'cdrom_url'
  | 'keymap'
  | 'deleted'
  | 'discs'
  | 'group'
  | 'there'

/** The words of a command of the official client; null in place of one that is not known. */
export type CommandWords = readonly (string | null)[]

/** What an operation has sent, as its command needs it. Names that the client would part otherwise are null. */
export interface SentCommand {
  server: string | null
  /** Of an action on a group: its name and account. */
  group: string | null
  /** The other machine, of an action on two. */
  other: string | null
  /** The id of the disc in the path. The client takes it for the disc's label. */
  disc: string | null
  body: Readonly<Record<string, unknown>>
  expected: Expectations
  target: Target
}

/** What every action says of itself, whatever it is about. */
export interface Action<Name extends string = string> {
  /** As it is stored and exported. Never changed: a session may hold it. */
  name: Name
  /** What it is about. Decides what is fetched before and after, where its page is, and how far a 403 reaches. */
  on: 'machine' | 'new machine' | 'group' | 'new group' | 'privilege' | 'user'
  /** On the button, and before the name in a toast. */
  label: string
  /** The state of its machine meanwhile, "Stopping…"; null where it shows none. */
  inProgress: string | null
  /** After the name, when it is done: "is stopped". */
  done: string
  /** How it is watched until it is seen to be done. Null: done with BigV's answer, or, of a group, key or privilege, once fetched again. */
  watch: { overdueAfter: number } | null
  /** The same as words of the official client; null where it has no such command. */
  cli: ((sent: SentCommand) => CommandWords | null) | null
  /** It blocks nothing, and nothing blocks it. */
  blocksNothing?: true
  /** The body of a request as it is recorded, where it may spell a secret; `times` requests in a row are recorded as one. */
  recordedBody?: (body: unknown, times: number) => unknown
}

/** What watching a machine needs to know of an action: of a new machine, or of one that exists. */
export interface WatchedAction<Name extends string = string, Expected = unknown> extends Action<Name> {
  watch: Watch<Expected> | null
  /** What it means that BigV no longer shows the machine, where that is not "superseded". */
  whenGone?: (expected: Expectations | null) => Settled
  /** For how many ms after the answer BigV may not show the machine yet. */
  appearsWithin?: number
  /** It may be about a deleted machine: that it reads deleted is no surprise. */
  onDeleted?: true
  /** It is checked by what no list has: discs, NICs, or whether the machine is still being created. */
  needsDetail?: true
}

/** Makes a machine. `Params`: what it is to be. */
export interface NewMachineAction<
  Name extends string = string,
  Params = never,
  Expected = unknown,
> extends WatchedAction<Name, Expected> {
  on: 'new machine'
  /** Why it cannot be made, from the machine that has the name, deleted or not; null where the name is free. */
  disabledReason: (holder: MachineData | null) => string | null
  requests: (ref: GroupRef, params: Params) => PlannedRequest[]
  /** What the machine has to be like when it is there. Without secrets: it is stored. */
  expects: (params: Params) => Expected
  watch: Watch<Expected>
}

/**
 * An action on a machine that exists: what sending, watching and recording it need. `Params`: what it carries; `Expected`: what has to
 * be fetched afterwards. With the default `never`, its functions that take params cannot be called.
 */
export interface MachineAction<
  Name extends string = string,
  Params = never,
  Expected = unknown,
> extends WatchedAction<Name, Expected> {
  on: 'machine'
  /** What is lost by it at most. Colours its button, and has the number of machines typed for many. */
  loses: 'nothing' | 'unsaved data' | 'data'
  /** Why it cannot be done to a machine in this state, or null. Disables, describes and guards it everywhere. */
  disabledReason: (machine: MachineData) => string | null
  /** The requests to send, in order, to the machine as it was just fetched. */
  requests: (machine: Machine, params: Params) => PlannedRequest[]
  /** What has to be fetched afterwards, from what it carries and the machines before. Without secrets: it is stored. */
  expects?: (params: Params, vm: VirtualMachine, other: VirtualMachine | undefined) => Expected
  /** What BigV's answer says, where its coming is not all there is to know. */
  readsAnswer?: (answer: Answered) => Settled
  /** Values that its form has shown, and that have to read the same when it is sent. */
  decidedOn?: (vm: VirtualMachine, params: Params, other: VirtualMachine | undefined) => unknown
  /** Whether it accounts for a change that was seen of its machine. */
  accountsFor: (trait: Trait, expected: Expectations | null) => boolean
  /** Whether the machine was off on the way, and so has taken up what waited for a restart. */
  powersOff: boolean
  /** While it waits, an action that replaces may take its place. */
  replaceable?: true
  /** It may take the place of a replaceable one that waits. */
  replaces?: true
  /** It may be done while a plan runs, which it halts. */
  haltsPlan?: true
  /** It writes attributes of which some take effect at the machine's next power cycle: what it expects is remembered as waiting. */
  mayWaitForRestart?: true
  /** The second machine, for an action on two. */
  other?: OtherMachine<Params>
  /** How it is done to a machine that runs, where it needs one that is off. */
  guided?: Guided<Params>
}

/** How an action is watched. */
interface Watch<Expected> {
  /** After how many ms it is called overdue (never failed: BigV may still do it). */
  overdueAfter: number
  /**
   * Whether it is seen to be done. A method, so that TypeScript does not check `Expected` where any action is read: after a reload it
   * comes from the storage, where the same action has put it.
   */
  isDone(observation: Observation<Expected>): Finding
}

/** One that needs nothing but the machine: what buttons, menus, the confirm dialog, many machines and the palette handle. */
export interface SimpleAction<
  Name extends string = string,
  Params = void,
  Expected = unknown,
> extends MachineAction<Name, Params, Expected> {
  /** What the user is asked first. */
  asks: 'nothing' | 'to confirm' | 'for the name'
  /**
   * The group of the menus (components/actions/menus.ts); null where it has a place of its own. 'power' and 'machine' are on the page,
   * in a row's menu and in the palette; 'graceful' and 'forced' also in the bulk menu, if it has `bulk`; 'autoreboot' only there.
   */
  menu: 'power' | 'graceful' | 'forced' | 'autoreboot' | 'machine' | null
  /** What happens, and what may be lost. */
  explains: string
  /** Whether a machine (null: gone) is as this leaves it. Null: its state cannot tell. */
  isAchieved: ((vm: VirtualMachine | null) => boolean) | null
  /** How it is done to many machines; null where it is not. */
  bulk: Bulk | null
  /** The machine is off when it is done. */
  leavesOff?: true
  /** What is said of changes that wait for a restart, in its confirm dialog. */
  saysOfWaiting?: (changes: string) => string
  /** It goes by the guest, which may ignore it: what to offer instead, while it waits and when it is overdue. */
  ifIgnored?: { now: () => SimpleAction; overdue: () => SimpleAction }
  /** What a toast offers when it is done. */
  undo?: () => SimpleAction
}

/** One that carries something, which a form asks for. */
export interface FormAction<
  Name extends string = string,
  Params = never,
  Expected = unknown,
> extends MachineAction<Name, Params, Expected> {
  asks: 'form'
}

/** The second machine of an action on two: busy and fetched like the first. */
export interface OtherMachine<Params> {
  of: (params: Params) => OtherTarget
  disabledReason: (other: MachineData, own: MachineData, params: Params) => string | null
  /** Where things stand when no answer came, from what both machines show. */
  saysUnanswered: (found: Finding, other: VirtualMachine) => string
}

/** How an action is done to many machines. */
interface Bulk {
  /** Before a number, where that is not the label: "Turn autoreboot on for". */
  title?: string
  /** In the menu, where that is not the label. */
  menu?: string
  /** What happens to each, where "Of each machine: " before `explains` does not say it. */
  explains?: string
  /** It can go from machine to machine, each seen to be back on before the next. */
  rolls?: true
  /** After a number of machines that are left alone for being so already: "have it on already". */
  alreadySo?: (one: boolean) => string
}

/**
 * How an action that needs its machine off is done to one that runs: by a plan, which shuts it down, does it, and may start it again.
 * `kept` is stored, so that the plan goes on after a reload: it has no secrets. Methods, as in `Watch`, as each action types its `kept`.
 */
export interface Guided<Params = never> {
  /** Of the plan, and of the button that begins it: "Shut down, change, start". */
  title: string
  /** After the machine's name, when the plan is done. */
  done: string
  /** "Nothing was sent to … it." */
  verb: string
  /** Whether the machine is started again at the end, with autoreboot_on as before. */
  startsAgain: boolean
  /** What the user is asked first; absent where its own form asks. */
  asks?: { title: (name: string) => string; explains: string }
  /** What a plan keeps of it, to be stored. */
  keep(params: Params, vm: VirtualMachine): Expectations
  /** The action as it was kept; null where it had a secret, which the user has to give again. */
  restore(kept: Expectations): BoundAction | null
  /** What its step does: "Change cores 1 → 2". */
  step(kept: Expectations): string
  /** What it changes, where it does that attribute by attribute: "cores 1 → 2". */
  changes?(kept: Expectations): string
  /** The same, beside what the machine shows; absent where that cannot tell whether it was done. */
  attributes?(kept: Expectations, vm: VirtualMachine): WrittenAttribute[]
  /** The machine's name and group afterwards, where it changes them. */
  movesTo?(kept: Expectations): { name?: string; group?: string }
  /** What has become of it, for a plan that does not go on. */
  made: string
  notMade: string
  unclear: string
  /** What is said where a secret is missing after a reload. */
  secrets?: {
    /** While the machine still shuts down. */
    running: string
    /** Once the plan has come to it. */
    halted: string
    /** The button that opens its form again though nothing is missing: what was entered may be what BigV refused. */
    reenter?: string
  }
}

/** An attribute that an action writes, fit to be shown: what is secret in a value is hidden. */
export interface WrittenAttribute {
  name: string
  before: unknown
  wanted: unknown
  now: unknown
  /** Whether a part of `wanted` is hidden, so that it cannot be compared for certain. */
  hidden: boolean
}

/** An action with its params: what is sent to a machine, for those who need not know what it carries. */
export interface BoundAction {
  action: MachineAction
  requests: (ref: GroupRef, vm: Machine['vm']) => PlannedRequest[]
  expects: (vm: VirtualMachine, other: VirtualMachine | undefined) => Expectations | null
  decidedOn: (vm: VirtualMachine, other: VirtualMachine | undefined) => unknown
  other: OtherTarget | null
  otherReason: (other: MachineData, own: MachineData) => string | null
  /** What a plan keeps of it; null where it is not guided. */
  keep: (vm: VirtualMachine) => Expectations | null
}

/** Binds an action to its params. */
export function bind(action: SimpleAction): BoundAction
export function bind<Params>(action: MachineAction<string, Params>, params: Params): BoundAction
export function bind<Params>(action: MachineAction<string, Params>, params?: Params): BoundAction {
  const given = params as Params
  return {
    action,
    requests: (ref, vm) => action.requests({ path: machinePath(ref, vm.id), vm }, given),
    expects: (vm, other) =>
      (action.expects?.(given, vm, other) ?? null) as ReturnType<BoundAction['expects']>,
    decidedOn: (vm, other) => action.decidedOn?.(vm, given, other) ?? null,
    other: action.other?.of(given) ?? null,
    otherReason: (other, own) => action.other?.disabledReason(other, own, given) ?? null,
    keep: (vm) => action.guided?.keep(given, vm) ?? null,
  }
}
