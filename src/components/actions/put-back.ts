import type { SimpleAction } from '../../actions/action.ts'
import { autorebootTo } from '../../actions/autoreboot.ts'
import { simpleActionOf } from '../../actions/index.ts'
import { messageOf } from '../../api/errors.ts'
import { fetchMachine } from '../../api/virtual-machines.ts'
import type { Operation } from '../../operations/operation.ts'
import { toast } from '../../ui/toast.ts'
import { confirmAndRun } from './confirm.tsx'

/** The label of the button for `putBack`. It begins with "Start" if turning autoreboot_on back on makes BigV start the machine. */
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

/** Fetches an operation's machine, so that the confirm dialog is up to date, and runs an action on the machine. */
export async function runOnTarget(action: SimpleAction, { target }: Operation): Promise<void> {
  if (target.id === null) return
  try {
    confirmAndRun(action, target, await fetchMachine(target, target.id))
  } catch (error) {
    toast({ tone: 'danger', title: `${target.name}: nothing was sent`, text: messageOf(error) })
  }
}
