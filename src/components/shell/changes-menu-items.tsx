import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import type { Operation } from '../../operations/operation.ts'
import { placeOf } from '../../operations/place.ts'
import { actions } from '../../actions/index.ts'
import { MenuLink, MenuSeparator } from '../../ui/menu-items.tsx'
import { Elapsed } from '../elapsed.tsx'

/** The changes in flight, to go to where they are. */
export function ChangesMenuItems({ inFlight }: { inFlight: readonly Operation[] }) {
  return (
    <>
      {inFlight.map(({ key, action, target, begunAt, foreign }) => (
        <MenuLink
          key={key}
          hint={
            <>
              <Elapsed since={begunAt} />
              {foreign && ', from another tab'}
            </>
          }
          render={<Link to={placeOf({ action, target })} />}
        >
          {actions[action].label} {target.name}
        </MenuLink>
      ))}
      <MenuSeparator />
      <MenuLink render={<Link to={links.activity()} />}>All activity</MenuLink>
    </>
  )
}
