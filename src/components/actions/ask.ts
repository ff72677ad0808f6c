import { bind, type SimpleAction } from '../../actions/action.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { unreadText } from '../../operations/disabled-reason.ts'
import type { Begun } from '../../operations/run.ts'
import { loadPart } from '../../ui/load-part.ts'
import { toast } from '../../ui/toast/toast.ts'
import { asked } from './asked.ts'

/** The user wants an action done: starts what needs no question, and asks for the rest. `plan` goes on with it, if given. */
export function ask(action: SimpleAction, ref: GroupRef, machine: MachineData, plan?: string): void {
  if (action.asks !== 'nothing') asked.set({ action, ref, machine, ...(plan !== undefined && { plan }) })
  else void begin(action, bind(action), ref, machine)
}

/** Begins what needs no question. */
export async function begin(
  { label }: Pick<SimpleAction, 'label'>,
  bound: ReturnType<typeof bind>,
  ref: GroupRef,
  { vm }: MachineData,
): Promise<void> {
  const part = await loadPart(() => import('../../operations/run.ts'))
  if (part === null) return
  const { id, name } = vm
  tellIfNotBegun(label, name, await part.beginOperation({ bound, ref, id, name }))
}

function tellIfNotBegun(label: string, name: string, begun: Begun): void {
  const title = `${label} ${name}: nothing was sent`
  if (begun.is === 'refused') toast({ tone: 'warn', title, text: begun.reason })
  if (begun.is === 'unread') toast({ tone: 'danger', title, text: unreadText(begun.error) })
}
