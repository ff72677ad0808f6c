import { useNavigate } from 'react-router'
import type { MachineData, MachineInGroup } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { Button, type ButtonProps } from '../../ui/button.tsx'
import { confirmAndRun } from './confirm.tsx'
import type { Control } from './menus.ts'

/** Returns a function that runs an action. The one action with a form, key presses, opens its tab at `keysAt` instead. */
export function usePress(group: GroupRef, machine: MachineData, keysAt: string): (action: Control) => void {
  const navigate = useNavigate()
  return (action) => {
    if (action.confirmation === 'form') void navigate(keysAt)
    else confirmAndRun(action, group, machine)
  }
}

/** The button of an action on a machine. Asks for confirmation if the action needs it. */
export function ActionButton({
  action,
  group,
  machine,
  children,
  ...props
}: MachineInGroup & { action: Control } & ButtonProps) {
  const disabledReasonOf = useDisabledReason(machine)
  const press = usePress(group, machine, '?tab=keys')
  return (
    <Button
      variant={action.loses === 'data' ? 'danger' : 'normal'}
      {...props}
      disabledReason={disabledReasonOf(action)}
      onClick={() => press(action)}
    >
      {children ?? action.label}
    </Button>
  )
}
