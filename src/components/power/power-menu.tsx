import { Ellipsis } from 'lucide-react'
import { Link } from 'react-router'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { words } from '../../operations/wording.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuGroup, MenuItem, MenuLink } from '../../ui/menu.tsx'
import { POWER_GROUPS, WHOLE } from './power-actions.ts'
import { useControl } from './use-control.ts'
import { useGates } from './use-gates.ts'

interface Props {
  group: GroupRef
  vm: VirtualMachine
  tabIndex?: 0 | -1
}

/** The same controls in the menu of a row. What is inside costs nothing until it is opened. */
export function PowerMenu({ group, vm, tabIndex = 0 }: Props) {
  const label = `Actions for ${vm.name}`
  return (
    <Menu
      label={label}
      align="end"
      trigger={
        <IconButton label={label} size="small" tabIndex={tabIndex} data-control="menu">
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      {() => <PowerItems group={group} vm={vm} />}
    </Menu>
  )
}

function PowerItems({ group, vm }: { group: GroupRef; vm: VirtualMachine }) {
  // The list does not say which machines are still being made; the reading before the write does.
  const reading = { vm, creating: false }
  const refusalOf = useGates(reading)
  const press = useControl(group, links.machineKeys(group, vm.name))
  const whole = { label: 'The whole machine', actions: WHOLE }
  return [...POWER_GROUPS, whole].map(({ label, actions }) => (
    <MenuGroup key={label} label={label}>
      {actions === WHOLE && (
        <MenuLink render={<Link to={links.duplicate(group, vm.id)} />}>Duplicate</MenuLink>
      )}
      {actions.map((action) => (
        <MenuItem
          key={action}
          danger={action === 'delete' || action === 'purge'}
          refusal={refusalOf(action)}
          onSelect={() => press(action, reading)}
        >
          {words[action].label}
        </MenuItem>
      ))}
    </MenuGroup>
  ))
}
