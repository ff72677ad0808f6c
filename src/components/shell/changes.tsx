import { useOperations } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { part } from '../../ui/part.tsx'

const ChangesMenuItems = part(async () => (await import('./changes-menu-items.tsx')).ChangesMenuItems)

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
      <ChangesMenuItems inFlight={inFlight} />
    </Menu>
  )
}
