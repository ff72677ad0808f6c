import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { GroupRef } from '../../lib/links.ts'
import { purge, undelete } from '../../actions/lifecycle.ts'
import { Button } from '../../ui/button.tsx'
import { ask } from './ask.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'

interface Props {
  group: GroupRef
  vm: VirtualMachine
  /** Of a row where the keys are not: -1. */
  tabIndex: number
}

/** What there is to do with a deleted machine, in sight in its row: restore or purge. */
export function DeletedActions({ group, vm, tabIndex }: Props) {
  const machine = { vm, creating: false }
  const disabledReasonOf = useDisabledReason(machine)
  return (
    <span className="flex gap-1.5">
      {[undelete, purge].map((action) => (
        <Button
          key={action.name}
          tabIndex={tabIndex}
          data-control={action.name}
          size="small"
          variant={action.loses === 'data' ? 'danger' : 'normal'}
          aria-label={`${action.label} ${vm.name}`}
          disabledReason={disabledReasonOf(action)}
          onClick={() => ask(action, group, machine)}
        >
          {action.label}
        </Button>
      ))}
    </span>
  )
}
