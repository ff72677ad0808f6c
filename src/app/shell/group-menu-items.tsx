import { Link, useParams } from 'react-router'
import { links } from '../../lib/links.ts'
import { MenuGroup, MenuLink } from '../../ui/menu/menu-items.tsx'
import { useGroups } from '../../components/use-groups.ts'

/** The pages and groups to go to. */
export function GroupMenuItems({ account }: { account: string }) {
  const { group } = useParams()
  const groups = useGroups(account)
  return (
    <>
      <MenuLink render={<Link to={links.account(account)} />}>Overview</MenuLink>
      <MenuLink render={<Link to={links.allMachines(account)} />}>All machines</MenuLink>
      <MenuGroup label={`Groups of ${account}`}>
        {groups.map(({ id, name }) => (
          <MenuLink
            key={id}
            hint={name === group ? 'shown now' : undefined}
            render={
              <Link
                to={links.machines({ account, group: name })}
                aria-current={name === group ? 'page' : undefined}
              />
            }
          >
            {name}
          </MenuLink>
        ))}
      </MenuGroup>
      <MenuGroup label="Session">
        <MenuLink render={<Link to={links.activity()} />}>Activity</MenuLink>
        <MenuLink render={<Link to={links.platform()} />}>Platform</MenuLink>
        <MenuLink render={<Link to={links.keys()} />}>SSH keys</MenuLink>
        <MenuLink render={<Link to={links.privileges()} />}>Privileges</MenuLink>
      </MenuGroup>
    </>
  )
}
