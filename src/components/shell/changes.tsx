import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import { placeOf } from '../../operations/place.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { words } from '../../operations/wording.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuLink, MenuSeparator } from '../../ui/menu.tsx'
import { Elapsed } from '../elapsed.tsx'

/** How many changes are in flight, wherever; opens to where they are. */
export function Changes() {
  const inFlight = useOperations().filter(({ phase }) => phase !== 'ended')
  if (inFlight.length === 0) return null
  const noun = inFlight.length === 1 ? 'change' : 'changes'
  return (
    <Menu
      label="Changes in flight"
      align="end"
      trigger={
        <Button variant="quiet" aria-label={`${inFlight.length} ${noun}`}>
          {inFlight.length}
          {/* A phone's bar has room for the number alone. */}
          <span className="max-sm:hidden">{noun}</span>
        </Button>
      }
    >
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
          {words[action].label} {target.name}
        </MenuLink>
      ))}
      <MenuSeparator />
      <MenuLink render={<Link to={links.activity()} />}>All activity</MenuLink>
    </Menu>
  )
}
