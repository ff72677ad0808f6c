import { machinePath, type MachineData, type VirtualMachine } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import type { CommandWords, SentCommand } from './cli.ts'
import type { Expectations, Finding, Settled, Trait, Watch } from './observation.ts'
import type { OtherTarget, PlannedRequest, RequestTarget } from './requests.ts'

/** What an operation has recorded of what it was to do, and of what was sent. */
export interface Recorded {
  expects: Expectations | null
  steps: readonly { times?: number }[]
}

/**
 * What every action says of itself, whatever it is about. Its other fields depend on what that is: `SimpleAction` and `FormAction`
 * below are on a machine, `NewMachineAction` makes one, and `ResourceAction` (resource-action.ts) is on a group, privilege or user.
 * Declare one with the builder of its kind, so that the compiler tells what it lacks.
 */
export interface Action<Name extends string = string> {
  /** As it is stored and exported. Never changed: a session may hold it. */
  name: Name
  /** What it is about. Decides what is fetched before and after, where its page is, and how far a 403 reaches. */
  on: 'machine' | 'new machine' | 'group' | 'new group' | 'privilege' | 'user'
  /** On the button, and before the name in a toast. */
  label: string
  /** The state of its machine meanwhile, "Stopping…"; null where it shows none. */
  inProgress: string | null
  /** The toast when it is done: "web1 is stopped". */
  done: (name: string) => string
  /**
   * How it is watched until it is seen to be done, and after how many ms it is overdue. Null: done with BigV's answer, or, of a group,
   * key or privilege, once fetched again.
   */
  watch: { overdueAfter: number } | null
  /** The same as words of the official client, for "Copy as…"; null where it has no such command. */
  cli: ((sent: SentCommand) => CommandWords | null) | null
  /** It blocks nothing, and nothing blocks it: it may go while another operation runs on its machine. */
  blocksNothing?: true
  /** The body of a request as it is recorded, where it may spell a secret; `times` requests in a row are recorded as one. */
  recordedBody?: (body: unknown, times: number) => unknown
  /** How far one that failed on the way had come, from its record; `unclear`: its last request got no answer. */
  saysOnTheWay?: (record: Recorded, unclear: boolean) => string
}

/** What watching a machine needs to know of an action: of a new machine, or of one that exists. */
export interface WatchedAction<Name extends string = string, Expected = unknown> extends Action<Name> {
  watch: Watch<Expected> | null
  /** What it means that BigV no longer shows the machine, where that is not "superseded". */
  whenGone?: (expected: Expectations | null) => Settled
  /** For how many ms after the answer BigV may not show the machine yet. */
  appearsWithin?: number
  /** It may be about a deleted machine: that it reads deleted does not end the watch. */
  onDeleted?: true
  /** `isDone` needs what no list has (discs, NICs, whether the machine is still being created): its machine is fetched alone. */
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
  /** What the machine has to be like when it is there: `expected` of `isDone`. Without secrets, as it is stored. */
  expects: (params: Params) => Expected
  watch: Watch<Expected>
}

/** BigV's answer to the last request; the machine in it, where it was one. */
interface Answered {
  data: unknown
  vm: VirtualMachine | undefined
  request: PlannedRequest
}

/**
 * An action on a machine that exists: what sending, watching and recording it need. `Params`: what its form gives it; `Expected`: what
 * `expects` returns. With the default `never`, its functions that take params cannot be called: `bind` it to its params first.
 */
export interface MachineAction<
  Name extends string = string,
  Params = never,
  Expected = unknown,
> extends WatchedAction<Name, Expected> {
  on: 'machine'
  /**
   * The group of the menus (components/actions/menus.ts); null where it has a place of its own. 'power' and 'machine' are on the page,
   * in a row's menu and in the palette; 'graceful' and 'forced' also in the bulk menu, if it has `bulk`; 'autoreboot' in the bulk menu
   * and the palette.
   */
  menu: 'power' | 'graceful' | 'forced' | 'autoreboot' | 'machine' | null
  /**
   * The worst that it can lose. With 'data' its button and its menu item are red; with 'data' or 'unsaved data', the bulk dialog has the
   * number of machines typed. What is lost in words belongs in `explains`.
   */
  loses: 'nothing' | 'unsaved data' | 'data'
  /** Why it cannot be done to a machine in this state, or null. Asked by buttons and menus, and again right before it is sent. */
  disabledReason: (machine: MachineData) => string | null
  /** The requests to send, in order, to the machine as it was just fetched. */
  requests: (machine: RequestTarget, params: Params) => PlannedRequest[]
  /**
   * What has to be read back before it counts as done: `expected` of `isDone`, `accountsFor` and `cli`. Made from the params and from the
   * machine (of an action on two, both) as fetched right before the first request, so that it can say "one more than before". Stored with
   * the operation: plain JSON, without secrets. Without it, `expected` is null.
   */
  expects?: (params: Params, vm: VirtualMachine, other: VirtualMachine | undefined) => Expected
  /** Reads BigV's answer to the last request, where a 2xx alone does not say that it was done, or there is more to tell the user. */
  readsAnswer?: (answer: Answered) => Settled
  /** Values that its form has shown: where they differ when it is sent, nothing is sent and the user is asked again. */
  decidedOn?: (vm: VirtualMachine, params: Params, other: VirtualMachine | undefined) => unknown
  /** Whether it explains a change that was seen of its machine: others are listed as made elsewhere. */
  accountsFor: (trait: Trait, expected: Expectations | null) => boolean
  /** Whether the machine was off on the way, and so has taken up what waited for a restart. */
  powersOff: boolean
  /** While it waits, an action that `replaces` may take its place. */
  replaceable?: true
  /** It may take the place of a `replaceable` one that waits. */
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

/** An action that needs nothing but the machine: what buttons, menus, the confirm dialog, many machines and the palette handle. */
export interface SimpleAction<
  Name extends string = string,
  Params = void,
  Expected = unknown,
> extends MachineAction<Name, Params, Expected> {
  /** What the user is asked first: the confirm dialog, and whether the machine's name has to be typed there. */
  asks: 'nothing' | 'to confirm' | 'for the name'
  /** What happens, and what may be lost: the text of the confirm dialog and of the bulk dialog. */
  explains: string
  /** Whether BigV also starts a machine that is off, though it is not asked for that (docs/bigv-api.md#power). */
  alsoStarts: boolean
  /** Whether a machine (null: gone) is as this leaves it, so that a bulk run can skip it. Null: its state cannot tell. */
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

/** An action with params, which a form asks for. */
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
  /** Before a number, unless that is the label: "Turn on automatic restart for". */
  title?: string
  /** In the menu, where that is not the label. */
  menu?: string
  /** What happens to each machine, unless `explains` says it. */
  explains?: string
  /** It can go from machine to machine, each seen to be back on before the next. */
  rolls?: true
  /** After the number of machines that are skipped because they are so already: "already stopped". */
  alreadySo?: string
}

/**
 * How an action that needs its machine off is done to one that runs: by a plan, which shuts it down, does it, and may start it again.
 * `kept` is stored, so that the plan goes on after a reload: it has no secrets. Methods, as in `Watch`, as each action types its `kept`.
 */
export interface Guided<Params = never> {
  /** Of the plan, and of the button that begins it: "Shut down, change, start". */
  title: string
  /** The toast when the plan is done. */
  done: (name: string) => string
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

/** An action with its params: what is sent to a machine, for those who need not know the params' type. */
export interface BoundAction {
  action: MachineAction
  requests: (ref: GroupRef, vm: RequestTarget['vm']) => PlannedRequest[]
  expects: (vm: VirtualMachine, other: VirtualMachine | undefined) => Expectations | null
  decidedOn: (vm: VirtualMachine, other: VirtualMachine | undefined) => unknown
  other: OtherTarget | null
  otherReason: (other: MachineData, own: MachineData) => string | null
  /** What a plan keeps of it; null where it is not guided. */
  keep: (vm: VirtualMachine) => Expectations | null
}

/** Gives an action its params. */
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
