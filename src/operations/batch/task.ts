import type { SimpleAction } from '../../actions/action.ts'
import { simpleActions, simpleNameOf, type SimpleActionName } from '../../actions/index.ts'

/** An action on many machines, as it is stored. */
export interface Task {
  action: SimpleActionName
}

/** The task that does this to many. */
export function taskOf(action: SimpleAction): Task {
  return { action: simpleNameOf(action) }
}

/** The action of a task. */
export function actionOf({ action }: Task): SimpleAction {
  return simpleActions[action]
}

/** Takes a task and returns what it is called on a button and before a number: "Shut down", "Turn autoreboot on for". */
export function taskLabel(task: Task): string {
  const { label, bulk } = actionOf(task)
  return bulk?.title ?? label
}

/** Takes a task and a number and returns both in words: "Start 37 machines". */
export function taskTitle(task: Task, count: number): string {
  return `${taskLabel(task)} ${count === 1 ? '1 machine' : `${count} machines`}`
}

/** Whether the task destroys something, so that the number of machines has to be typed first. */
export function destroys(task: Task): boolean {
  return actionOf(task).loses !== 'nothing'
}

/** What the dialog says of the task: what happens to each machine, and what may be lost. */
export function consequencesOf(task: Task): string {
  const { explains, bulk } = actionOf(task)
  return bulk?.explains ?? `Of each machine: ${explains}`
}
