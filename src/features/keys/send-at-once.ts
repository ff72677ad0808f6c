import { sendKeys } from '../../actions/keys.ts'
import { fetchFailedText } from '../../api/errors.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { loadOrNotify } from '../../ui/lazy.tsx'
import { toast } from '../../ui/toast.ts'
import { keyQuestion, unasked } from './question.ts'
import { mayRestart, type Combination } from './combinations.ts'

/** The time between two presses of a combination, in ms. */
export const AT_ONCE_EVERY_MS = 100

/**
 * Sends a combination to a machine at once, from any page. If it may restart the machine, asks first, unless the user wants no more
 * questions about this machine in this tab. A toast shows the result.
 * @param send how to send it, if the caller shows the result itself
 */
export function sendAtOnce(
  { group, machine }: MachineInGroup,
  combination: Combination,
  send: () => void = () => void sendAndNotify({ group, machine }, combination),
): void {
  const { id, name } = machine.vm
  if (!mayRestart(combination) || unasked.get().includes(id)) send()
  else keyQuestion.set({ id, machine: name, combination: combination.name, onSend: send })
}

async function sendAndNotify({ group, machine: { vm } }: MachineInGroup, { presses }: Combination) {
  const sender = await loadOrNotify(() => import('../../operations/batch/key-presses.ts'))
  if (sender === null) return
  const { id, name } = vm
  const begun = await sender.beginPresses({ ref: group, id, name, presses, everyMs: AT_ONCE_EVERY_MS })
  if (begun.is === 'begun') return
  const text = begun.is === 'refused' ? begun.reason : fetchFailedText(begun.error)
  toast({ tone: 'danger', title: `${sendKeys.label} ${name}: nothing was sent`, text })
}
