import { useOperations } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'

const ChangesMenuItems = lazyComponent(
  async () => (await import('./changes-menu-items.tsx')).ChangesMenuItems,
)

/** How many changes are running, wherever; opens to where they are. */
export function Changes() {
  const running = useOperations().filter(({ phase }) => phase !== 'ended')
  if (running.length === 0) return null
  const noun = running.length === 1 ? 'change' : 'changes'
  return (
    <Menu
      label="Changes running"
      align="end"
      trigger={
        <Button variant="quiet" aria-label={`${running.length} ${noun}`}>
          {running.length}
          {/* A phone's bar has room for the number alone. */}
          <span className="max-sm:hidden">{noun}</span>
        </Button>
      }
    >
      <ChangesMenuItems running={running} />
    </Menu>
  )
}
