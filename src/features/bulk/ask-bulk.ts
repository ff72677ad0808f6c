import { externalStore } from '../../lib/external-store.ts'
import type { Candidate } from '../../operations/batch/forecast.ts'
import type { Task } from '../../operations/batch/task.ts'

/** A task that the user wants done to many machines, which is asked about first. */
export interface AskedBulk {
  task: Task
  candidates: readonly Candidate[]
  /** The run whose failed machines are to be tried again, if it is not a new one. */
  retry: string | null
  /** Called when it was confirmed. */
  onBegun?: (() => void) | undefined
}

const asked = externalStore<AskedBulk | null>(null)
const panel = externalStore(false)
const used = externalStore(false)

/** What is being asked about many machines. */
export const askedBulk = asked.get
export const subscribeAskedBulk = asked.subscribe

/** Asks about a task on many machines, by the one dialog that asks; null when it is done with. */
export function askBulk(next: AskedBulk | null): void {
  if (next !== null) used.set(true)
  asked.set(next)
}

/** Whether the panel of the runs is open. */
export const isPanelOpen = panel.get
export const subscribePanel = panel.subscribe

/** Opens the panel of the runs, or closes it. */
export function openPanel(open: boolean): void {
  if (open) used.set(true)
  panel.set(open)
}

/** Whether there is, or was, anything of many machines in this tab: before that nothing of it is loaded. */
export const isBulkUsed = used.get
export const subscribeBulkUsed = used.subscribe

/** Has it loaded: an earlier page of this tab has left runs behind. */
export function wakeBulk(): void {
  used.set(true)
}
