import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { GroupRef } from '../../lib/links.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { part } from '../../ui/part.tsx'

const PowerItems = part(async () => (await import('./power-items.tsx')).PowerItems)

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
          <span aria-hidden className="mark-more" />
        </IconButton>
      }
    >
      {() => <PowerItems group={group} vm={vm} />}
    </Menu>
  )
}
