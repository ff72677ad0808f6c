import { Link } from 'react-router'
import { purge, remove, undelete } from '../../actions/lifecycle.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { ActionButton } from '../../components/actions/action-button.tsx'
import { POWER_GROUPS } from '../../components/actions/menus.ts'
import { links } from '../../lib/links.ts'
import { useRunning } from '../../operations/store.ts'
import { buttonClass } from '../../ui/button.tsx'

/** The graceful and forced power actions. */
export function PowerBar({ group, machine }: MachineInGroup) {
  const running = useRunning(machine.vm.id)
  return (
    <div className="my-4 flex flex-wrap items-end gap-x-5 gap-y-3 max-sm:my-3 max-sm:gap-y-2 print:hidden">
      {POWER_GROUPS.map(({ menu, label, actions }) => (
        <fieldset key={menu}>
          <legend className={menu === 'power' ? 'sr-only' : 'mb-1 text-2xs text-muted'}>{label}</legend>
          <div className="flex flex-wrap gap-1.5">
            {actions.map((action) => (
              <ActionButton
                key={action.name}
                action={action}
                group={group}
                machine={machine}
                pending={running?.action === action.name && running.phase === 'checking'}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  )
}

/**
 * Buttons to duplicate and delete a machine; for a deleted machine, to undelete and purge it. To purge a live machine, users open its menu
 * in the list.
 */
export function LifecycleButtons({ group, machine }: MachineInGroup) {
  const actions = machine.vm.deleted ? [undelete, purge] : [remove]
  return (
    <span className="flex gap-x-3 max-sm:gap-x-2">
      <Link to={links.duplicate(group, machine.vm.id)} className={buttonClass()}>
        Duplicate
      </Link>
      {actions.map((action) => (
        <ActionButton key={action.name} action={action} group={group} machine={machine} />
      ))}
    </span>
  )
}
