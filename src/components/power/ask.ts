import { messageOf, traceLine, type ApiError } from '../../api/errors.ts'
import type { MachineReading } from '../../api/virtual-machines.ts'
import { externalStore } from '../../lib/external-store.ts'
import type { GroupRef } from '../../lib/links.ts'
import { beginOperation, type Begun } from '../../operations/begin.ts'
import type { MachineAction, Params } from '../../operations/requests.ts'
import { words } from '../../operations/wording.ts'
import { toast } from '../../ui/toast.ts'

/** An action that the user has asked for and that asks something first. */
export interface Asked {
  action: Exclude<MachineAction, 'start' | 'set_autoreboot'>
  ref: GroupRef
  reading: MachineReading
}

const store = externalStore<Asked | null>(null)

/** What is being asked, by the one dialog that asks. */
export const askedNow = store.get
export const subscribeAsked = store.subscribe

/** The user wants an action done: starts what needs no question, and asks for the rest. */
export function ask(action: MachineAction, ref: GroupRef, reading: MachineReading, params?: Params): void {
  if (action !== 'start' && action !== 'set_autoreboot') {
    store.set({ action, ref, reading })
    return
  }
  const { id, name } = reading.vm
  void beginOperation({ action, ref, id, name, ...(params && { params }) }).then((begun) =>
    tellIfNotBegun(words[action].label, name, begun),
  )
}

/** The dialog is done with. */
export function stopAsking(): void {
  store.set(null)
}

function tellIfNotBegun(label: string, name: string, begun: Begun): void {
  const title = `${label} ${name}: nothing was sent`
  if (begun.is === 'refused') toast({ tone: 'warn', title, text: begun.reason })
  if (begun.is === 'unread') toast({ tone: 'danger', title, text: unreadText(begun.error) })
}

/** Takes why the machine could not be read before a write and returns it in words, with the request to pass on. */
export function unreadText(error: ApiError): string {
  return `The machine has to be read first, and that failed: ${messageOf(error)} (${traceLine(error.trace)})`
}
