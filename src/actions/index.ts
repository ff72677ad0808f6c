import { links } from '../lib/links.ts'
import * as access from './access.ts'
import type { Action, FormAction, MachineAction, SimpleAction, WatchedAction } from './action.ts'
import * as autoreboot from './autoreboot.ts'
import * as backups from './backups.ts'
import * as discs from './discs.ts'
import * as forced from './forced.ts'
import * as groups from './groups.ts'
import * as hardware from './hardware.ts'
import * as keys from './keys.ts'
import * as lifecycle from './lifecycle.ts'
import * as network from './network.ts'
import * as power from './power.ts'
import type { Target } from './requests.ts'
import * as rescue from './rescue.ts'
import * as sshKeys from './ssh-keys.ts'

/** The actions that need nothing but the machine, in menu order. */
const SIMPLE_ACTIONS = [
  power.start,
  power.shutDown,
  power.restart,
  forced.stop,
  forced.reboot,
  forced.reset,
  autoreboot.autorebootOn,
  autoreboot.autorebootOff,
  rescue.rescue,
  lifecycle.remove,
  lifecycle.undelete,
  lifecycle.purge,
] as const satisfies readonly SimpleAction[]

/** The actions on a machine with params from a form. */
const FORM_ACTIONS = [
  keys.sendKeys,
  lifecycle.reimage,
  hardware.change,
  discs.addDisc,
  discs.changeDisc,
  discs.moveDisc,
  discs.purgeDisc,
  backups.backUpDisc,
  backups.scheduleBackups,
  network.requestAddresses,
  network.setReverseDns,
  network.swapAddresses,
] as const satisfies readonly FormAction[]

/** The actions on groups, privileges and users. */
const RESOURCE_ACTIONS = [
  groups.createGroup,
  groups.renameGroup,
  groups.deleteGroup,
  sshKeys.setKeys,
  access.grantPrivilege,
  access.changePrivilege,
  access.revokePrivilege,
] as const satisfies readonly Action[]

export type SimpleActionName = (typeof SIMPLE_ACTIONS)[number]['name']
export type MachineActionName = SimpleActionName | (typeof FORM_ACTIONS)[number]['name']
type ResourceActionName = (typeof RESOURCE_ACTIONS)[number]['name']
export type ActionName = MachineActionName | typeof lifecycle.create.name | ResourceActionName

/** The actions that need nothing but the machine, by name. */
export const simpleActions = byName<SimpleActionName, SimpleAction>(SIMPLE_ACTIONS)

/** The actions on an existing machine, by name. */
export const machineActions = byName<MachineActionName, SimpleAction | FormAction>([
  ...SIMPLE_ACTIONS,
  ...FORM_ACTIONS,
])

/** Every action, by the name that operations are stored with. */
export const actions: Record<ActionName, Action> = {
  ...machineActions,
  create: lifecycle.create,
  ...byName<ResourceActionName, Action>(RESOURCE_ACTIONS),
}

/** True if an action has this name. A stored name may come from another version of the dashboard. */
export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actions, name)
}

/** True if the action needs nothing but the machine. */
export function isSimpleActionName(name: string): name is SimpleActionName {
  return Object.hasOwn(simpleActions, name)
}

/** The name that operations of this action are stored with. */
export function nameOf({ name }: Action): ActionName {
  if (!isActionName(name)) throw new Error(`actions/index.ts has no ${name}.`)
  return name
}

/** Like nameOf, for an action that needs nothing but the machine. */
export function simpleNameOf({ name }: SimpleAction): SimpleActionName {
  if (!isSimpleActionName(name)) throw new Error(`actions/index.ts has no ${name}.`)
  return name
}

/** The action of this name, if it works on an existing machine. */
export function machineActionOf(name: ActionName): MachineAction | undefined {
  const action: Action = actions[name]
  return isOnMachine(action) ? action : undefined
}

/** The action of this name, if it works on a new or existing machine: only those can be watched. */
export function watchedActionOf(name: ActionName): WatchedAction | undefined {
  return name === lifecycle.create.name ? lifecycle.create : machineActionOf(name)
}

/** The action of this name, if it needs nothing but the machine. */
export function simpleActionOf(name: ActionName): SimpleAction | undefined {
  return isSimpleActionName(name) ? simpleActions[name] : undefined
}

/** The page that shows an action's target. */
export function pageOf({ action, target }: { action: ActionName; target: Target }): string {
  switch (actions[action].on) {
    case 'group':
    case 'new group':
      return links.account(target.account)
    case 'privilege':
      if (target.id !== null) return links.machineTab(target, target.id, 'privileges')
      return target.group === '' ? links.accountPrivileges(target.account) : links.groupPrivileges(target)
    case 'user':
      return links.keys()
    case 'machine':
    case 'new machine':
      return links.machine(target, target.id ?? target.name)
  }
}

const isOnMachine = (action: Action): action is MachineAction => action.on === 'machine'

/** The list as a record by name. The type assertion is safe: the names come from the list. */
function byName<Name extends string, A extends Action>(list: readonly (A & Action<Name>)[]): Record<Name, A> {
  const record: Partial<Record<string, A>> = Object.fromEntries(list.map((action) => [action.name, action]))
  return record as Record<Name, A>
}
