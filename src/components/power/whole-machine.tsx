import { Link } from 'react-router'
import type { MachineReading } from '../../api/virtual-machines.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { purge, remove, undelete } from '../../actions/lifecycle.ts'
import { buttonClass } from '../../ui/button-class.ts'
import { Button } from '../../ui/button.tsx'
import { ask } from './ask.ts'
import { useGates } from './use-gates.ts'

/** Another like it; delete, or, of a deleted machine, restore and purge. A machine that is not deleted is purged from the list's menu. */
export function WholeMachine({ group, reading }: { group: GroupRef; reading: MachineReading }) {
  const refusalOf = useGates(reading)
  const actions = reading.vm.deleted ? [undelete, purge] : [remove]
  return (
    <span className="flex gap-x-3 max-sm:gap-x-2">
      <Link to={links.duplicate(group, reading.vm.id)} className={buttonClass()}>
        Duplicate
      </Link>
      {actions.map((action) => (
        <Button
          key={action.name}
          variant={action.loses === 'data' ? 'danger' : 'normal'}
          refusal={refusalOf(action)}
          onClick={() => ask(action, group, reading)}
        >
          {action.label}
        </Button>
      ))}
    </span>
  )
}
