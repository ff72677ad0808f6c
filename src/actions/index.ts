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

/** The actions on a machine that need nothing but the machine, in the order of the menus. */
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

/** Those with params, which a form asks for. */
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

/** Those on groups, privileges and users. */
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

/** Those that need nothing but the machine, by name. */
export const simpleActions = byName<SimpleActionName, SimpleAction>(SIMPLE_ACTIONS)

/** Those on a machine that exists, by name. */
export const machineActions = byName<MachineActionName, SimpleAction | FormAction>([
  ...SIMPLE_ACTIONS,
  ...FORM_ACTIONS,
])

/** Every action, by the name with which operations are stored. */
export const actions: Record<ActionName, Action> = {
  ...machineActions,
  create: lifecycle.create,
  ...byName<ResourceActionName, Action>(RESOURCE_ACTIONS),
}

/** Whether an action has this name; a stored one may be of another version of the dashboard. */
export function isActionName(name: string): name is ActionName {
  return Object.hasOwn(actions, name)
}

/** The same of those that need nothing but the machine. */
export function isSimpleActionName(name: string): name is SimpleActionName {
  return Object.hasOwn(simpleActions, name)
}

/** The name with which an operation of this action is stored. */
export function nameOf({ name }: Action): ActionName {
  if (!isActionName(name)) throw new Error(`actions/index.ts has no ${name}.`)
  return name
}

/** The same of one that needs nothing but the machine. */
export function simpleNameOf({ name }: SimpleAction): SimpleActionName {
  if (!isSimpleActionName(name)) throw new Error(`actions/index.ts has no ${name}.`)
  return name
}

/** The action of this name where it is on a machine that exists; undefined for one on something else. */
export function machineActionOf(name: ActionName): MachineAction | undefined {
  const action: Action = actions[name]
  return isOnMachine(action) ? action : undefined
}

/** The same where it is on a machine, new or not: what can be watched. */
export function watchedActionOf(name: ActionName): WatchedAction | undefined {
  return name === lifecycle.create.name ? lifecycle.create : machineActionOf(name)
}

/** The same of one that needs nothing but the machine. */
export function simpleActionOf(name: ActionName): SimpleAction | undefined {
  return isSimpleActionName(name) ? simpleActions[name] : undefined
}

/** The page of what an action was done to. */
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

/** The record of a list. Its type has every name, as the names come from the list. */
function byName<Name extends string, A extends Action>(list: readonly (A & Action<Name>)[]): Record<Name, A> {
  const record: Partial<Record<string, A>> = Object.fromEntries(list.map((action) => [action.name, action]))
  return record as Record<Name, A>
}
