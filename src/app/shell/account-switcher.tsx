import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { accountQueries } from '../../api/accounts.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'

const AccountMenuItems = lazyComponent(
  async () => (await import('./account-menu-items.tsx')).AccountMenuItems,
)

/** The account that is shown, and the others to go to. */
export function AccountSwitcher({ account }: { account: string }) {
  const { data: accounts = [] } = useQuery(accountQueries.list())
  if (accounts.length < 2)
    return <span className="max-w-28 min-w-16 truncate px-2 text-muted sm:max-w-56">{account}</span>
  return (
    <Menu
      label="Accounts"
      trigger={
        <Button variant="quiet" aria-label={`Account ${account}, switch`} className="min-w-20 shrink!">
          <span className="max-w-28 truncate sm:max-w-56">{account}</span>
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    >
      <AccountMenuItems accounts={accounts} shown={account} />
    </Menu>
  )
}
