import { Link } from 'react-router'
import { purge, undelete } from '../../../actions/lifecycle.ts'
import type { MachineData, VirtualMachine } from '../../../api/virtual-machines.ts'
import { ActionButton, usePress } from '../../../components/actions/action-button.tsx'
import { POWER_GROUPS, WHOLE } from '../../../components/actions/menus.ts'
import { links, type GroupRef } from '../../../lib/links.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { MenuGroup, MenuItem, MenuLink } from '../../../ui/menu/menu-items.tsx'

interface RowProps {
  group: GroupRef
  vm: VirtualMachine
}

// BigV's list doesn't say which machines are still being created. The fetch before a change does.
const inRow = (vm: VirtualMachine): MachineData => ({ vm, creating: false })

/** Undelete and Purge, in the row of a deleted machine. */
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
  const press = usePress(group, machine, links.machineKeys(group, vm.id))
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
