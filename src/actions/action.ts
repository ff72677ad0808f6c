import { machinePath, type MachineData, type VirtualMachine } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import type { CommandWords, SentCommand } from './cli.ts'
import type {
  Expectations,
  Finding,
  MachinePart,
  ResourceData,
  Settled,
  ShownIn,
  Watch,
} from './observation.ts'
import type { OtherTarget, PlannedRequest, RequestTarget } from './requests.ts'

/** The part of an operation's record that its action uses: the expected data, and the requests sent. */
export interface Recorded {
  expects: Expectations | null
  steps: readonly { times?: number }[]
}

/**
 * The fields that every action has. The other fields depend on the target: `SimpleAction` and `FormAction` below are for a machine,
 * `NewMachineAction` creates one, and `ResourceAction` (resource-action.ts) is for a group, privilege or user. Declare an action with the
 * builder for its kind, so that the compiler reports missing fields.
 */
export interface Action<Name extends string = string> {
  /** The name that is stored and exported. Never change it: browsers may have stored operations under it. */
  name: Name
  /** The kind of target. It decides what is fetched before and after, which page is linked to, and how far a 403 reaches. */
  on: 'machine' | 'new machine' | 'group' | 'new group' | 'privilege' | 'user'
  /** Shown on the button, and before the target's name in a toast. */
  label: string
  /** The machine's state while the action runs, "Stopping…"; null to show no such state. */
  inProgress: string | null
  /** The toast when the action is done: "web1 is stopped". */
  done: (name: string) => string
  /** One toast for several machines: "6 machines are running". Without it, each has its own. */
  doneMany?: (count: number) => string
  /**
   * After how many ms the action is overdue, while its effect is watched. Null if there is nothing to watch: the action is done as soon as
   * BigV answers or, on a group, key or privilege, once that has been fetched again.
   */
  watch: { overdueAfter: number } | null
  /** The official client's command for this action, for "Copy as…"; null if there is none. */
  cli: ((sent: SentCommand) => CommandWords | null) | null
  /** The action may run while another operation runs on its machine, and blocks no other. */
  blocksNothing?: true
  /**
   * Its requests may use the one of four parallel writes that is kept for urgent actions (api/write-places.ts): PUTs of `power_on`,
   * signals, and DELETE of a machine.
   */
  urgent?: true
  /** The request body to record instead, if the real body may spell a secret. `times` requests in a row are recorded as one. */
  recordedBody?: (body: unknown, times: number) => unknown
  /**
   * Data other than the machine, such as a list of groups, that shows whether the action was done. A page's later fetch of it corrects an
   * operation that ended as unclear. For an action on a machine, it is also fetched before the write, and compared with what the form
   * showed.
   */
  shownIn?: ShownIn<keyof ResourceData, unknown>
  /** Says how much was done before the action failed, going by its record. `unclear`: the last request got no answer. */
  progressText?: (record: Recorded, unclear: boolean) => string
}

/** The fields for watching an action on a machine, new or existing. */
export interface WatchedAction<Name extends string = string, Expected = unknown> extends Action<Name> {
  watch: Watch<Expected> | null
  /** The outcome if BigV no longer shows the machine; the default is "superseded". */
  whenGone?: (expected: Expectations | null) => Settled
  /** For how many ms after the answer BigV may still not show the machine. */
  appearsWithin?: number
  /** The action works on deleted machines, so seeing the machine deleted doesn't end the watch. */
  onDeleted?: true
  /** `isDone` needs data that lists lack (discs, NICs, `creating`), so the machine is fetched alone. */
  needsDetail?: true
}

/** An action that creates a machine from `Params`. */
export interface NewMachineAction<
  Name extends string = string,
  Params = never,
  Expected = unknown,
> extends WatchedAction<Name, Expected> {
  on: 'new machine'
  /**
   * Why the machine can't be created, given the machine that has the name already, deleted or not. `holder` is null if the name is free.
   */
  disabledReason: (holder: MachineData | null) => string | null
  requests: (ref: GroupRef, params: Params) => PlannedRequest[]
  /** The new machine's expected state, passed to `isDone` as `expected`. No secrets, because it is stored. */
  expects: (params: Params) => Expected
  watch: Watch<Expected>
}

/** BigV's answer to the last request, with the machine that the answer shows, if any. */
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
   * The worst loss possible. 'data' makes the button and menu item red; with 'data' or 'unsaved data' the user has to type the number of
   * machines in the bulk dialog. `loss` says it in words.
   */
  loses: 'nothing' | 'unsaved data' | 'data'
  /** What this machine loses, as a sentence that dialogs show in bold; null or absent if nothing. */
  loss?: (vm: Pick<VirtualMachine, 'power_on'>) => string | null
  /** Why the action isn't possible on a machine in this state, or null. Checked by buttons and menus, and again right before sending. */
  disabledReason: (machine: MachineData) => string | null
  /** The requests to send, in order, given the machine as just fetched. */
  requests: (machine: RequestTarget, params: Params) => PlannedRequest[]
  /**
   * The data that a later fetch has to show before the action counts as done, passed to `isDone`, `accountsFor` and `cli` as `expected`.
   * Built from the params and the machine (for an action on two machines, both) as fetched right before the first request, so that the data
   * can say "one more than before". Stored with the operation: plain JSON, without secrets. If absent, `expected` is null.
   */
  expects?: (params: Params, vm: VirtualMachine, other: VirtualMachine | undefined) => Expected
  /**
   * Checks BigV's answer to the last request, for actions where a 2xx alone doesn't prove success, or where the answer has news for the
   * user.
   */
  checkAnswer?: (answer: Answered) => Settled
  /** The values that the action's form showed. If they have changed by the time of sending, nothing is sent and the user is asked again. */
  decidedOn?: (vm: VirtualMachine, params: Params, other: VirtualMachine | undefined) => unknown
  /**
   * True if this machine, fetched alone, shows for certain that the action was done. For an action on two machines, `vm` may be either of
   * them. This corrects an operation that ended as unclear. If `isShown` is absent, `watch` decides; an action without `watch` stays
   * unclear.
   */
  isShown?(vm: VirtualMachine, expected: Expected): boolean
  /** True if this action explains a change of this part of its machine. Unexplained changes are listed as made elsewhere. */
  accountsFor: (part: MachinePart, expected: Expectations | null) => boolean
  /** True if the action turns the machine off at some point, which applies changes that wait for a restart. */
  powersOff: boolean
  /** While this action waits, an action with `replaces` may replace it. */
  replaceable?: true
  /** This action may replace a waiting action that is `replaceable`. */
  replaces?: true
  /** This action is allowed while a plan runs, and halts the plan. */
  haltsPlan?: true
  /** Some attributes that this action writes take effect at the machine's next power cycle. Until then they are listed as waiting. */
  mayWaitForRestart?: true
  /** The second machine, for an action on two. */
  other?: OtherMachine<Params>
  /** How a plan does this action to a running machine, if the action needs one that is off. */
  guided?: Guided<Params>
}

/** An action that needs nothing but the machine: for buttons, menus, the confirm dialog, bulk runs and the palette. */
export interface SimpleAction<
  Name extends string = string,
  Params = void,
  Expected = unknown,
> extends MachineAction<Name, Params, Expected> {
  /** How the user confirms the action: not at all, in a dialog, or by typing the machine's name in the dialog. */
  confirmation: 'none' | 'dialog' | 'name'
  /** The effect and the possible loss, as text for the confirm dialog and the bulk dialog. */
  explains: string
  /** True if BigV also starts a machine that is off, as a side effect (docs/bigv-api.md#power). */
  alsoStarts: boolean
  /**
   * True if a machine (null: gone) already has the state that this action leads to, so that a bulk run can skip it. `isAchieved` is null if
   * no state shows that.
   */
  isAchieved: ((vm: VirtualMachine | null) => boolean) | null
  /** The action's texts and options for bulk runs; null if it has no bulk version. */
  bulk: Bulk | null
  /** The machine is off when the action is done. */
  leavesOff?: true
  /** The sentence in the confirm dialog about changes that wait for a restart. */
  pendingText?: (changes: string) => string
  /**
   * The action relies on the guest, which may ignore it. The actions to offer instead: `now` while it waits, `overdue` when it is overdue.
   */
  ifIgnored?: { now: () => SimpleAction; overdue: () => SimpleAction }
  /** The action that the toast offers to undo this one. */
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

/** The second machine of an action on two machines. Both are blocked and fetched. */
export interface OtherMachine<Params> {
  of: (params: Params) => OtherTarget
  disabledReason: (other: MachineData, own: MachineData, params: Params) => string | null
  /** The sentence to show if no answer came, going by the state of both machines. */
  unansweredText: (found: Finding, other: VirtualMachine) => string
}

/** The texts and options of an action for bulk runs. */
interface Bulk {
  /** The text before a number of machines, if not the label: "Turn on automatic restart for". */
  title?: string
  /** The menu item, if not the label. */
  menu?: string
  /** The effect on each machine, if not `explains`. */
  explains?: string
  /** A rolling batch is possible: each machine has to be back on before the next begins. */
  canRoll?: true
  /** The text after the number of machines skipped because they are in the wanted state: "already stopped". */
  skippedText?: string
}

/**
 * How a plan does an action that needs the machine off to a running machine: it shuts the machine down, does the action, and may start the
 * machine again. `stored` outlasts a reload and has no secrets. The functions are methods, as in `Watch`, because each action has its own
 * type for `stored`.
 */
export interface Guided<Params = never> {
  /** The title of the plan and of the button that begins it: "Shut down, change, start". */
  title: string
  /** The toast when the plan is done. */
  done: (name: string) => string
  /** The verb of the action in "Nothing was sent to … it." */
  verb: string
  /** True if the machine is started again at the end, with autoreboot_on as before. */
  startsAgain: boolean
  /** The confirm dialog; absent if the action's own form confirms the plan. */
  confirmation?: { title: (name: string) => string; explains: string }
  /** The stored form of the params. */
  serialize(params: Params, vm: VirtualMachine): Expectations
  /** Builds the action from its stored form. Null if the params had a secret, which the user has to re-enter. */
  restore(stored: Expectations): BoundAction | null
  /** The step in words: "Change cores 1 → 2". */
  step(stored: Expectations): string
  /** For an action that changes attributes, the changes in words: "cores 1 → 2". */
  changes?(stored: Expectations): string
  /** The changed attributes, beside the machine's current values. Absent if those values can't show whether the action was done. */
  attributes?(stored: Expectations, vm: VirtualMachine): WrittenAttribute[]
  /** The machine's name and group after the action, if it changes them. */
  movesTo?(stored: Expectations): { name?: string; group?: string }
  /** Sentences about the action's result, for a plan that isn't running. */
  made: string
  notMade: string
  unclear: string
  /** The messages for a secret that is missing after a reload. */
  secrets?: {
    /** While the machine is still shutting down. */
    running: string
    /** Once the plan has reached the action. */
    halted: string
    /** The button that opens the form again although no secret is missing: BigV may have refused the input. */
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
