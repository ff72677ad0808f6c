import { Link, useNavigate } from 'react-router'
import { purge, remove, undelete } from '../../actions/lifecycle.ts'
import type { MachineData, MachineInGroup, VirtualMachine } from '../../api/virtual-machines.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { useRunning } from '../../operations/use-operations.ts'
import { Button, buttonClass, type ButtonProps } from '../../ui/button.tsx'
import { MenuGroup, MenuItem, MenuLink } from '../../ui/menu/menu-items.tsx'
import { confirmAndRun } from './confirm.tsx'
import { POWER_GROUPS, WHOLE, type Control } from './menus.ts'

/** Runs an action, or opens the keys tab at `keysAt`. */
function usePress(group: GroupRef, machine: MachineData, keysAt: string): (action: Control) => void {
  const navigate = useNavigate()
  return (action) => {
    if (action.asks === 'form') void navigate(keysAt)
    else confirmAndRun(action, group, machine)
  }
}

/** The button of an action on a machine; it asks for confirmation where needed. */
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

/** The power controls of a machine's page, graceful and forced. */
export function PowerBar({ group, machine }: MachineInGroup) {
  const running = useRunning(machine.vm.id)
  return (
    <div className="my-4 flex flex-wrap items-end gap-x-5 gap-y-3 max-sm:my-3 max-sm:gap-y-2">
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

/** Duplicate and delete; of a deleted machine, restore and purge. One that is not deleted is purged from the list's menu. */
export function WholeMachine({ group, machine }: MachineInGroup) {
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

interface RowProps {
  group: GroupRef
  vm: VirtualMachine
}

// A list does not say which machines BigV is still making; the fetch before the write does.
const inRow = (vm: VirtualMachine): MachineData => ({ vm, creating: false })

/** Restore and purge, in the row of a deleted machine. */
export function DeletedActions({ group, vm, tabIndex }: RowProps & { tabIndex: number }) {
  return (
    <span className="flex gap-1.5">
      {[undelete, purge].map((action) => (
        <ActionButton
          key={action.name}
          action={action}
          group={group}
          machine={inRow(vm)}
          size="small"
          tabIndex={tabIndex}
          data-control={action.name}
          aria-label={`${action.label} ${vm.name}`}
        />
      ))}
    </span>
  )
}

/** The items of a row's menu: the same controls as on the machine's page. */
export function ActionMenuItems({ group, vm }: RowProps) {
  const machine = inRow(vm)
  const disabledReasonOf = useDisabledReason(machine)
  const press = usePress(group, machine, links.machineKeys(group, vm.name))
  return [...POWER_GROUPS, WHOLE].map(({ menu, label, actions }) => (
    <MenuGroup key={menu} label={label}>
      {menu === 'machine' && (
        <MenuLink render={<Link to={links.duplicate(group, vm.id)} />}>Duplicate</MenuLink>
      )}
      {actions.map((action) => (
        <MenuItem
          key={action.name}
          danger={action.loses === 'data'}
          disabledReason={disabledReasonOf(action)}
          onSelect={() => press(action)}
        >
          {action.label}
        </MenuItem>
      ))}
    </MenuGroup>
  ))
}
