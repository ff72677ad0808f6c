import { Link } from 'react-router'
import type { MachineData } from '../../api/virtual-machines.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { purge, remove, undelete } from '../../actions/lifecycle.ts'
import { buttonClass } from '../../ui/button-class.ts'
import { Button } from '../../ui/button.tsx'
import { ask } from './ask.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'

/** Another like it; delete, or, of a deleted machine, restore and purge. A machine that is not deleted is purged from the list's menu. */
export function WholeMachine({ group, machine }: { group: GroupRef; machine: MachineData }) {
  const disabledReasonOf = useDisabledReason(machine)
  const actions = machine.vm.deleted ? [undelete, purge] : [remove]
  return (
    <span className="flex gap-x-3 max-sm:gap-x-2">
      <Link to={links.duplicate(group, machine.vm.id)} className={buttonClass()}>
        Duplicate
      </Link>
      {actions.map((action) => (
        <Button
          key={action.name}
          variant={action.loses === 'data' ? 'danger' : 'normal'}
          disabledReason={disabledReasonOf(action)}
          onClick={() => ask(action, group, machine)}
        >
          {action.label}
        </Button>
      ))}
    </span>
  )
}
