import { Link } from 'react-router'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { MenuGroup, MenuItem, MenuLink } from '../../ui/menu/menu-items.tsx'
import { POWER_GROUPS, WHOLE } from './power-actions.ts'
import { useControl } from './use-control.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'

/** What can be done to a machine, in a menu. */
export function PowerItems({ group, vm }: { group: GroupRef; vm: VirtualMachine }) {
  // The list does not say which machines are still being made; the reading before the write does.
  const machine = { vm, creating: false }
  const disabledReasonOf = useDisabledReason(machine)
  const press = useControl(group, links.machineKeys(group, vm.name))
  return [...POWER_GROUPS, WHOLE].map(({ label, actions }) => (
    <MenuGroup key={label} label={label}>
      {actions === WHOLE.actions && (
        <MenuLink render={<Link to={links.duplicate(group, vm.id)} />}>Duplicate</MenuLink>
      )}
      {actions.map((action) => (
        <MenuItem
          key={action.name}
          danger={action.loses === 'data'}
          disabledReason={disabledReasonOf(action)}
          onSelect={() => press(action, machine)}
        >
          {action.label}
        </MenuItem>
      ))}
    </MenuGroup>
  ))
}
