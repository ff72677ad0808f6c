import { useNavigate } from 'react-router'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { ask } from './ask.ts'
import type { Control } from './power-actions.ts'

/** Returns what a press of a machine's control does: most ask for an action, keys have a tab, at `keysAt`. */
export function useControl(group: GroupRef, keysAt: string): (action: Control, machine: MachineData) => void {
  const navigate = useNavigate()
  return (action, machine) => {
    if (action.asks === 'form') void navigate(keysAt)
    else ask(action, group, machine)
  }
}
