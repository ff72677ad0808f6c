import { MenuIcon } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'

const GroupMenuItems = lazyComponent(async () => (await import('./group-menu-items.tsx')).GroupMenuItems)

/** The groups, where there is no room for them beside the page. */
export function GroupMenu({ account }: { account: string }) {
  return (
    <span className="md:hidden">
      <Menu
        label="Groups and pages"
        trigger={
          <IconButton label="Groups and pages">
            <MenuIcon size={18} aria-hidden />
          </IconButton>
        }
      >
        <GroupMenuItems account={account} />
      </Menu>
    </span>
  )
}
