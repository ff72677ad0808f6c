import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import type { Operation } from '../../operations/operation.ts'
import { pageOf } from '../../operations/operation-page.ts'
import { actions } from '../../actions/index.ts'
import { MenuLink, MenuSeparator } from '../../ui/menu/menu-items.tsx'
import { Elapsed } from '../../components/elapsed.tsx'

/** The changes running, to go to where they are. */
export function ChangesMenuItems({ running }: { running: readonly Operation[] }) {
  return (
    <>
      {running.map(({ key, action, target, begunAt, otherTab }) => (
        <MenuLink
          key={key}
          hint={
            <>
              <Elapsed since={begunAt} />
              {otherTab && ', from another tab'}
            </>
          }
          render={<Link to={pageOf({ action, target })} />}
        >
          {actions[action].label} {target.name}
        </MenuLink>
      ))}
      <MenuSeparator />
      <MenuLink render={<Link to={links.activity()} />}>All activity</MenuLink>
    </>
  )
}
