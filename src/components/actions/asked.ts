import type { SimpleAction } from '../../actions/action.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { externalStore } from '../../lib/external-store.ts'
import type { GroupRef } from '../../lib/links.ts'

/** An action that the user has asked for and that asks something first. */
export interface Asked {
  action: SimpleAction
  ref: GroupRef
  machine: MachineData
  /** The key of the plan that it is asked for: the plan goes on with it. */
  plan?: string
}

const store = externalStore<Asked | null>(null)

/** What is being asked, by the one dialog that asks. */
export const askedNow = store.get
export const subscribeAsked = store.subscribe

/** Has it asked. */
export const setAsked = (asked: Asked): void => store.set(asked)

/** The dialog is done with. */
export const stopAsking = (): void => store.set(null)
