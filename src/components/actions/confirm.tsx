import { bind, type BoundAction, type SimpleAction } from '../../actions/action.ts'
import { fetchFailedText } from '../../api/errors.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { createStore } from '../../lib/store.ts'
import { lazyComponent, loadOrNotify } from '../../ui/lazy.tsx'
import { toast } from '../../ui/toast.ts'
import type { Confirmation } from './confirm-dialog.tsx'

const confirmation = createStore<Confirmation | null>(null)

/**
 * Runs an action on a machine, after confirmation if it needs one.
 * @param plan the key of the plan that continues with this action
 */
export function confirmAndRun(
  action: SimpleAction,
  group: GroupRef,
  machine: MachineData,
  plan?: string,
): void {
  if (action.confirmation === 'none') void runAtOnce(bind(action), group, machine)
  else confirmation.set({ action, group, machine, plan })
}

/** Runs an action without confirmation. If nothing was sent, a toast says why. */
export async function runAtOnce(bound: BoundAction, group: GroupRef, { vm }: MachineData): Promise<void> {
  const sender = await loadOrNotify(() => import('../../operations/run.ts'))
  if (sender === null) return
  const begun = await sender.beginOperation({ bound, ref: group, id: vm.id, name: vm.name })
  const title = `${bound.action.label} ${vm.name}: nothing was sent`
  if (begun.is === 'refused') toast({ tone: 'warn', title, text: begun.reason })
  if (begun.is === 'fetch failed') toast({ tone: 'danger', title, text: fetchFailedText(begun.error) })
}

export const closeConfirmation = (): void => confirmation.set(null)

const ConfirmDialog = lazyComponent(async () => (await import('./confirm-dialog.tsx')).ConfirmDialog, {
  onDemand: true,
})

export function Confirmations() {
  const shown = confirmation.use()
  return shown && <ConfirmDialog key={shown.machine.vm.id} {...shown} onClose={closeConfirmation} />
}
