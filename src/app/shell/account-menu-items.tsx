import { Link } from 'react-router'
import type { Account } from '../../api/accounts.ts'
import { compareNatural } from '../../lib/names.ts'
import { links } from '../../lib/links.ts'
import { MenuLink } from '../../ui/menu/menu-items.tsx'

/** The accounts to go to, by name. */
export function AccountMenuItems({ accounts, shown }: { accounts: readonly Account[]; shown: string }) {
  return accounts
    .toSorted((a, b) => compareNatural(a.name, b.name))
    .map(({ id, name }) => (
      <MenuLink
        key={id}
        hint={name === shown ? 'shown now' : undefined}
        render={<Link to={links.machinesOf(name)} aria-current={name === shown ? 'page' : undefined} />}
      >
        {name}
      </MenuLink>
    ))
}
