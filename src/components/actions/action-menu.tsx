import type { VirtualMachine } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { IconButton } from '../../ui/button.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Menu } from '../../ui/menu/menu.tsx'

const ActionMenuItems = lazyComponent(async () => (await import('./action-buttons.tsx')).ActionMenuItems)

interface Props {
  group: GroupRef
  vm: VirtualMachine
  tabIndex?: 0 | -1
}

/** The menu of a machine's row. Its items are lazy, and render when it is opened. */
export function ActionMenu({ group, vm, tabIndex = 0 }: Props) {
  const label = `Actions for ${vm.name}`
  return (
    <Menu
      label={label}
      align="end"
      trigger={
        <IconButton label={label} size="small" tabIndex={tabIndex} data-control="menu">
          <span aria-hidden className="mark-more" />
        </IconButton>
      }
    >
      {() => <ActionMenuItems group={group} vm={vm} />}
    </Menu>
  )
}
