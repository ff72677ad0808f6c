import type { SimpleAction } from '../../actions/action.ts'
import { autorebootTo } from '../../actions/autoreboot.ts'
import { messageOf } from '../../api/errors.ts'
import { fetchMachine } from '../../api/virtual-machines.ts'
import type { Operation } from '../../operations/operation.ts'
import { toast } from '../../ui/toast.ts'
import { confirmAndRun } from './confirm.tsx'

/** The label of the button for `putBack`. */
export function putBackLabel({ autoreboot }: Pick<Operation, 'autoreboot'>): string {
  return `Turn automatic restart back ${autoreboot?.before === true ? 'on' : 'off'}`
}

/** Sets autoreboot_on to `autoreboot.before`. If that starts the machine, asks first. */
export async function putBack({
  autoreboot,
  target,
}: Pick<Operation, 'autoreboot' | 'target'>): Promise<void> {
  if (autoreboot !== null) await runOnTarget(autorebootTo(autoreboot.before), { target })
}

/** Fetches an operation's machine, so that the confirm dialog is up to date, and runs an action on the machine. */
export async function runOnTarget(
  action: SimpleAction,
  { target }: Pick<Operation, 'target'>,
): Promise<void> {
  if (target.id === null) return
  try {
    const machine = await fetchMachine(target, target.id)
    const starts = action.alsoStarts && !machine.vm.power_on
    confirmAndRun(starts ? { ...action, confirmation: 'dialog' } : action, target, machine)
  } catch (error) {
    toast({ tone: 'danger', title: `${target.name}: nothing was sent`, text: messageOf(error) })
  }
}
