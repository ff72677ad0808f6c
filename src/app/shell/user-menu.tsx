import { ChevronDown, CircleUserRound } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'

const UserMenuItems = lazyComponent(async () => (await import('./user-menu-items.tsx')).UserMenuItems)

/** What is this user's own: the looks, “look only”, and whether new tabs are signed in too. */
export function UserMenu({ username, onSignOut }: { username: string; onSignOut: () => void }) {
  return (
    <Menu
      label="Settings"
      align="end"
      trigger={
        <Button variant="quiet" aria-label={`Settings of ${username}`}>
          <CircleUserRound size={18} aria-hidden className="sm:hidden" />
          <span className="max-w-40 truncate max-sm:hidden">{username}</span>
          <ChevronDown size={14} aria-hidden className="max-sm:hidden" />
        </Button>
      }
    >
      <UserMenuItems onSignOut={onSignOut} />
    </Menu>
  )
}
