import { machinePath, type MachineData, type VirtualMachine } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import type { CommandWords, SentCommand } from './cli.ts'
import type { Expectations, Finding, Settled, MachinePart, Watch } from './observation.ts'
import type { OtherTarget, PlannedRequest, RequestTarget } from './requests.ts'

/** The part of an operation's record that its action needs: its expectations, and the requests sent. */
export interface Recorded {
  expects: Expectations | null
  steps: readonly { times?: number }[]
}

/**
 * The fields that every action has. The others depend on its target: `SimpleAction` and `FormAction` below are for a machine,
 * `NewMachineAction` creates one, and `ResourceAction` (resource-action.ts) is for a group, privilege or user. Declare an action with the
 * builder for its kind, so that the compiler reports missing fields.
 */
export interface Action<Name extends string = string> {
  /** As stored and exported. Never change it: a browser may have stored it. */
  name: Name
  /** Its target. Decides what is fetched before and after, which page it links to, and how far a 403 reaches. */
  on: 'machine' | 'new machine' | 'group' | 'new group' | 'privilege' | 'user'
  /** On the button, and before the name in a toast. */
  label: string
  /** The machine's state while it runs, "Stopping…"; null if it shows none. */
  inProgress: string | null
  /** The toast when it is done: "web1 is stopped". */
  done: (name: string) => string
  /**
   * How it is watched until it is done, and after how many ms it is overdue. Null: done with BigV's answer, or, for a group, key or
   * privilege, once fetched again.
   */
  watch: { overdueAfter: number } | null
  /** The same as a command of the official client, for "Copy as…"; null if there is none. */
  cli: ((sent: SentCommand) => CommandWords | null) | null
  /** It blocks nothing, and nothing blocks it: it may run while another operation runs on its machine. */
  blocksNothing?: true
  /** The request body to record instead, if the real one may spell a secret. `times` requests in a row are recorded as one. */
  recordedBody?: (body: unknown, times: number) => unknown
  /** How far it came before it failed, from its record; `unclear`: its last request got no answer. */
  progressText?: (record: Recorded, unclear: boolean) => string
}

/** The fields for watching an action on a machine, new or existing. */
export interface WatchedAction<Name extends string = string, Expected = unknown> extends Action<Name> {
  watch: Watch<Expected> | null
  /** The outcome if BigV no longer shows the machine; the default is "superseded". */
  whenGone?: (expected: Expectations | null) => Settled
  /** For how many ms after the answer BigV may not show the machine yet. */
  appearsWithin?: number
  /** Its machine may be deleted: seeing it deleted doesn't end the watch. */
  onDeleted?: true
  /** `isDone` needs data that no list has (discs, NICs, `creating`), so its machine is fetched alone. */
  needsDetail?: true
}

/** An action that creates a machine from `Params`. */
export interface NewMachineAction<
  Name extends string = string,
  Params = never,
  Expected = unknown,
> extends WatchedAction<Name, Expected> {
  on: 'new machine'
  /** Why it can't be created, given the machine that already has the name, deleted or not; null if the name is free. */
  disabledReason: (holder: MachineData | null) => string | null
  requests: (ref: GroupRef, params: Params) => PlannedRequest[]
  /** The new machine's expected state: `expected` of `isDone`. Stored, so without secrets. */
  expects: (params: Params) => Expected
  watch: Watch<Expected>
}

/** BigV's answer to the last request, and the machine in it, if it has one. */
interface Answered {
  data: unknown
  vm: VirtualMachine | undefined
  request: PlannedRequest
}

/**
 * The fields for sending, watching and recording an action on an existing machine. `Params`: the values from its form; `Expected`: the
 * result of `expects`. With the default `never`, functions that take params can't be called: `bind` the action to its params first.
 */
export interface MachineAction<
  Name extends string = string,
  Params = never,
  Expected = unknown,
> extends WatchedAction<Name, Expected> {
  on: 'machine'
  /**
   * The menu group (components/actions/menus.ts), or null if the action has its own place. 'power' and 'machine' are on the page, in a
   * row's menu and in the palette; 'graceful' and 'forced' also in the bulk menu, if it has `bulk`; 'autoreboot' in the bulk menu and the
   * palette.
   */
  menu: 'power' | 'graceful' | 'forced' | 'autoreboot' | 'machine' | null
  /**
   * The worst it can lose. 'data' makes its button and menu item red; with 'data' or 'unsaved data' the user has to type the number of
   * machines in the bulk dialog. The loss in words belongs in `explains`.
   */
  loses: 'nothing' | 'unsaved data' | 'data'
  /** Why it can't be done to a machine in this state, or null. Checked by buttons and menus, and again right before sending. */
  disabledReason: (machine: MachineData) => string | null
  /** The requests to send, in order, to the machine as just fetched. */
  requests: (machine: RequestTarget, params: Params) => PlannedRequest[]
  /**
   * The data that a later fetch has to show before it counts as done: `expected` of `isDone`, `accountsFor` and `cli`. Made from the params
   * and from the machine (for an action on two, both) as fetched right before the first request, so that it can say "one more than before".
   * Stored with the operation: plain JSON, without secrets. If absent, `expected` is null.
   */
  expects?: (params: Params, vm: VirtualMachine, other: VirtualMachine | undefined) => Expected
  /** Checks BigV's answer to the last request, for actions where a 2xx alone doesn't prove success or the user should know more. */
  checkAnswer?: (answer: Answered) => Settled
  /** The values that its form has shown. If they have changed when it is sent, nothing is sent and the user is asked again. */
  decidedOn?: (vm: VirtualMachine, params: Params, other: VirtualMachine | undefined) => unknown
  /** True if this action explains such a change of its machine. Other changes are listed as made elsewhere. */
  accountsFor: (part: MachinePart, expected: Expectations | null) => boolean
  /** True if the machine is off at some point, which applies changes that wait for a restart. */
  powersOff: boolean
  /** While it waits, an action with `replaces` may replace it. */
  replaceable?: true
  /** It may replace a waiting action that is `replaceable`. */
  replaces?: true
  /** It is allowed while a plan runs, and halts the plan. */
  haltsPlan?: true
  /** Some attributes that it writes take effect at the machine's next power cycle: those are remembered as waiting. */
  mayWaitForRestart?: true
  /** The second machine, for an action on two. */
  other?: OtherMachine<Params>
  /** How a plan does it to a running machine, if it needs one that is off. */
  guided?: Guided<Params>
}

/** An action that needs nothing but the machine: for buttons, menus, the confirm dialog, bulk runs and the palette. */
export interface SimpleAction<
  Name extends string = string,
  Params = void,
  Expected = unknown,
> extends MachineAction<Name, Params, Expected> {
  /** The confirmation it needs: a dialog, and there possibly the machine's name to type. */
  confirmation: 'none' | 'dialog' | 'name'
  /** The effect and what may be lost: the text of the confirm dialog and of the bulk dialog. */
  explains: string
  /** True if BigV also starts a machine that is off, as a side effect (docs/bigv-api.md#power). */
  alsoStarts: boolean
  /**
   * True if a machine (null: gone) is already in the state that this leaves it in, so that a bulk run can skip it. Null: its state can't
   * show that.
   */
  isAchieved: ((vm: VirtualMachine | null) => boolean) | null
  /** The bulk version; null if there is none. */
  bulk: Bulk | null
  /** The machine is off when it is done. */
  leavesOff?: true
  /** The sentence in its confirm dialog about changes that wait for a restart. */
  pendingText?: (changes: string) => string
  /** It relies on the guest, which may ignore it: the alternatives while it waits and when it is overdue. */
  ifIgnored?: { now: () => SimpleAction; overdue: () => SimpleAction }
  /** The action that the toast offers when it is done. */
  undo?: () => SimpleAction
}

/** An action with params from a form. */
export interface FormAction<
  Name extends string = string,
  Params = never,
  Expected = unknown,
> extends MachineAction<Name, Params, Expected> {
  confirmation: 'form'
}

/** The second machine of an action on two: blocked and fetched like the first. */
export interface OtherMachine<Params> {
  of: (params: Params) => OtherTarget
  disabledReason: (other: MachineData, own: MachineData, params: Params) => string | null
  /** The situation if no answer came, judging by both machines. */
  unansweredText: (found: Finding, other: VirtualMachine) => string
}

/** The bulk version of an action. */
interface Bulk {
  /** Before a number, unless that is the label: "Turn on automatic restart for". */
  title?: string
  /** In the menu, if that is not the label. */
  menu?: string
  /** The effect on each machine, unless `explains` says it. */
  explains?: string
  /** It can go from machine to machine, waiting for each to be back on before the next. */
  canRoll?: true
  /** After the number of machines skipped because they are in that state: "already stopped". */
  skippedText?: string
}

/**
 * How a plan does an action that needs the machine off to a running machine: it shuts it down, does the action, and may start it again.
 * `stored` outlasts a reload and has no secrets. Methods, as in `Watch`, as each action has its own type for `stored`.
 */
export interface Guided<Params = never> {
  /** Of the plan and of the button that begins it: "Shut down, change, start". */
  title: string
  /** The toast when the plan is done. */
  done: (name: string) => string
  /** "Nothing was sent to … it." */
  verb: string
  /** True if the machine is started again at the end, with autoreboot_on as before. */
  startsAgain: boolean
  /** The confirm dialog; absent if its own form confirms. */
  confirmation?: { title: (name: string) => string; explains: string }
  /** The stored form of the params. */
  serialize(params: Params, vm: VirtualMachine): Expectations
  /** The action from its stored form; null if it had a secret, which the user has to re-enter. */
  restore(stored: Expectations): BoundAction | null
  /** The step in words: "Change cores 1 → 2". */
  step(stored: Expectations): string
  /** The changes in words, if it changes attributes: "cores 1 → 2". */
  changes?(stored: Expectations): string
  /** The same, beside the machine's current values; absent if those can't show whether it was done. */
  attributes?(stored: Expectations, vm: VirtualMachine): WrittenAttribute[]
  /** The machine's name and group afterwards, if it changes them. */
  movesTo?(stored: Expectations): { name?: string; group?: string }
  /** Its result, for a plan that is not running. */
  made: string
  notMade: string
  unclear: string
  /** The messages when a secret is missing after a reload. */
  secrets?: {
    /** While the machine is still shutting down. */
    running: string
    /** Once the plan has reached the action. */
    halted: string
    /** A button that opens the form again although nothing is missing: BigV may have refused the input. */
    reenter?: string
  }
}

/** An attribute that an action writes, for display: secrets in its values are hidden. */
export interface WrittenAttribute {
  name: string
  before: unknown
  wanted: unknown
  now: unknown
  /** True if part of `wanted` is hidden, so that it can't be compared for certain. */
  hidden: boolean
}

/** An action with its params, for callers that don't need the params' type. */
export interface BoundAction {
  action: MachineAction
  requests: (ref: GroupRef, vm: RequestTarget['vm']) => PlannedRequest[]
  expects: (vm: VirtualMachine, other: VirtualMachine | undefined) => Expectations | null
  decidedOn: (vm: VirtualMachine, other: VirtualMachine | undefined) => unknown
  other: OtherTarget | null
  otherReason: (other: MachineData, own: MachineData) => string | null
  /** The stored form of the params; null if the action has no plan. */
  serialize: (vm: VirtualMachine) => Expectations | null
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
    serialize: (vm) => action.guided?.serialize(given, vm) ?? null,
  }
}
