import type { SimpleAction } from '../../actions/action.ts'
import { autorebootTo } from '../../actions/autoreboot.ts'
import { simpleActionOf } from '../../actions/index.ts'
import { messageOf } from '../../api/errors.ts'
import { fetchMachine } from '../../api/virtual-machines.ts'
import type { Operation } from '../../operations/operation.ts'
import { toast } from '../../ui/toast.ts'
import { confirmAndRun } from './confirm.tsx'

/** The label of `putBack`. If the machine is off, BigV starts it when autoreboot_on is turned on. */
export function putBackLabel({ autoreboot, action }: Operation): string {
  const starts = autoreboot?.before === true && simpleActionOf(action)?.leavesOff === true
  if (starts) return 'Start with automatic restart'
  return `Turn automatic restart back ${autoreboot?.before === true ? 'on' : 'off'}`
}

/** Sets autoreboot_on to what it was before the operation. */
export async function putBack(operation: Operation): Promise<void> {
  if (operation.autoreboot === null) return
  await runOnTarget(autorebootTo(operation.autoreboot.before), operation)
}

/** Runs an action on an operation's machine, which is fetched first so that the confirm dialog is up to date. */
export async function runOnTarget(action: SimpleAction, { target }: Operation): Promise<void> {
  if (target.id === null) return
  try {
    confirmAndRun(action, target, await fetchMachine(target, target.id))
  } catch (error) {
    toast({ tone: 'danger', title: `${target.name}: nothing was sent`, text: messageOf(error) })
  }
}
