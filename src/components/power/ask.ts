import { messageOf, traceLine, type ApiError } from '../../api/errors.ts'
import type { MachineReading } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import type { Begun } from '../../operations/begin.ts'
import type { Action } from '../../operations/operation.ts'
import type { Params } from '../../operations/requests.ts'
import { consequences } from '../../operations/consequences.ts'
import { words } from '../../operations/wording.ts'
import { loadPart } from '../../ui/load-part.ts'
import { toast } from '../../ui/toast.ts'
import { setAsked, type Asking } from './asked.ts'

const AT_ONCE = ['start', 'undelete', 'set_autoreboot'] as const

type AtOnce = (typeof AT_ONCE)[number]

/** What a button or a menu can ask for; other changes have forms of their own. */
export type Askable = AtOnce | Asking

/** The user wants an action done: starts what needs no question, and asks for the rest. */
export function ask(action: Askable, ref: GroupRef, reading: MachineReading, params?: Params): void {
  if (!isAtOnce(action)) {
    setAsked({ action, ref, reading })
    return
  }
  void begin(action, ref, reading, params)
}

async function begin(action: AtOnce, ref: GroupRef, { vm }: MachineReading, params?: Params): Promise<void> {
  const part = await loadPart(() => import('../../operations/begin.ts'))
  if (part === null) return
  const { id, name } = vm
  const begun = await part.beginOperation({ action, ref, id, name, ...(params && { params }) })
  tellIfNotBegun(words[action].label, name, begun)
}

/** The user wants a step of a plan done otherwise, or once more: the plan goes on with it. */
export function askForPlan(
  action: 'stop' | 'shut_down',
  ref: GroupRef,
  reading: MachineReading,
  plan: string,
): void {
  setAsked({ action, ref, reading, plan })
}

/** Whether an operation can be asked for again as it was: its requests need nothing that was typed. */
export function isAskable(action: Action): action is Askable {
  return action in consequences || AT_ONCE.some((each) => each === action)
}

function isAtOnce(action: Askable): action is AtOnce {
  return AT_ONCE.some((each) => each === action)
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
