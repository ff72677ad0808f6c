import { NavLink } from 'react-router'
import { links } from '../../lib/links.ts'
import { useGroups } from './use-groups.ts'

/** The groups of the account, beside the page. */
export function Sidebar({ account }: { account: string }) {
  const groups = useGroups(account)
  return (
    <nav aria-label="Groups" className="border-r border-line bg-surface px-2.5 py-4 max-md:hidden">
      <div className="sticky top-16">
        <h2 className="px-2.5 pb-1.5 text-2xs font-semibold tracking-wider text-muted uppercase">Groups</h2>
        {groups.map(({ id, name }) => (
          <NavLink
            key={id}
            to={links.machines({ account, group: name })}
            className={({ isActive }) =>
              `block rounded-md px-2.5 py-1.5 wrap-anywhere ${isActive ? 'bg-accent-soft font-semibold text-accent' : 'hover:bg-raised'}`
            }
          >
            {name}
          </NavLink>
        ))}
      </div>
    </nav>
  )
}
