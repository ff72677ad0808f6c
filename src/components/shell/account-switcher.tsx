import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { Link } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { compareNatural } from '../../lib/natural-order.ts'
import { links } from '../../lib/links.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuLink } from '../../ui/menu.tsx'

/** The account that is shown, and the others to go to. */
export function AccountSwitcher({ account }: { account: string }) {
  const accounts = useQuery(accountQueries.list())
  const others = (accounts.data ?? []).toSorted((a, b) => compareNatural(a.name, b.name))
  if (others.length < 2)
    return <span className="max-w-28 min-w-0 truncate px-2 text-muted sm:max-w-56">{account}</span>
  return (
    <Menu
      label="Accounts"
      trigger={
        <Button variant="quiet" aria-label={`Account ${account}, switch`} className="min-w-0 shrink!">
          <span className="max-w-28 truncate sm:max-w-56">{account}</span>
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    >
      {others.map(({ id, name }) => (
        <MenuLink
          key={id}
          hint={name === account ? 'shown now' : undefined}
          render={<Link to={links.machinesOf(name)} aria-current={name === account ? 'page' : undefined} />}
        >
          {name}
        </MenuLink>
      ))}
    </Menu>
  )
}
