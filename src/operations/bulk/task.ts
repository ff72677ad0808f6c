import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { Params } from '../requests.ts'
import { consequences } from '../consequences.ts'
import { words } from '../wording.ts'

/** What can be done to many machines at once. */
export type BulkAction =
  | 'start'
  | 'shut_down'
  | 'restart'
  | 'stop'
  | 'reboot'
  | 'reset'
  | 'set_autoreboot'
  | 'delete'
  | 'undelete'
  | 'purge'

/** An action on many machines, with what it carries: the same for all. */
export interface Task {
  action: BulkAction
  /** For set_autoreboot. */
  autoreboot_on?: boolean
}

/** What is lost to the guest, or for good: the number of machines has to be typed first. */
const DESTROYS = new Set<BulkAction>(['stop', 'reboot', 'reset', 'delete', 'purge'])
const ROLLS = new Set<BulkAction>(['restart', 'reboot'])

/** Takes a task and returns what it is called on a button and before a number: "Shut down", "Turn autoreboot on for". */
export function taskLabel({ action, autoreboot_on }: Task): string {
  if (action !== 'set_autoreboot') return words[action].label
  return autoreboot_on ? 'Turn autoreboot on for' : 'Turn autoreboot off for'
}

/** Takes a task and a number and returns both in words: "Start 37 machines". */
export function taskTitle(task: Task, count: number): string {
  return `${taskLabel(task)} ${count === 1 ? '1 machine' : `${count} machines`}`
}

/** Whether the task destroys something: what the guest has not written to disc, or the machine. */
export function destroys({ action }: Task): boolean {
  return DESTROYS.has(action)
}

/** Whether the task can go from machine to machine, each seen to be back on before the next: restart and reboot. */
export function canRoll({ action }: Task): boolean {
  return ROLLS.has(action)
}

/** What the dialog says of the task: what happens to each machine, and what may be lost. */
export function consequencesOf({ action, autoreboot_on }: Task): string {
  switch (action) {
    case 'start':
      return 'Turns each machine on, and autoreboot_on with it: it comes back by itself when it powers off.'
    case 'undelete':
      return 'Each machine comes back as it was, and is off.'
    case 'set_autoreboot':
      return autoreboot_on
        ? 'Each machine comes back on by itself whenever it powers off. BigV starts those that are off.'
        : 'Each machine stays off once it powers off.'
    default:
      return `Of each machine: ${consequences[action]}`
  }
}

/** Takes a task and returns what its requests carry. */
export function paramsOf({ action, autoreboot_on }: Task): Params {
  return action === 'set_autoreboot' ? { autoreboot_on: autoreboot_on === true } : {}
}

/**
 * Takes a task and a machine as it was just read, null when it is gone, and says whether it is as the task wants it; null where
 * its state cannot tell (a machine that runs may have been restarted or not).
 */
export function isAsWanted(task: Task, vm: VirtualMachine | null): boolean | null {
  if (vm === null) return task.action === 'purge'
  switch (task.action) {
    case 'purge':
      return false
    case 'delete':
      return vm.deleted === true
    case 'undelete':
      return vm.deleted !== true
    case 'restart':
    case 'reboot':
    case 'reset':
      return null
    case 'start':
      return !vm.deleted && vm.power_on
    case 'stop':
    case 'shut_down':
      return !vm.deleted && !vm.power_on && !vm.autoreboot_on
    case 'set_autoreboot':
      return !vm.deleted && vm.autoreboot_on === (task.autoreboot_on === true)
  }
}
