import type { SimpleAction } from '../../../actions/action.ts'
import { start } from '../../../actions/power.ts'
import { Button } from '../../../ui/button.tsx'
import { MenuGroup, MenuItem } from '../../../ui/menu/menu-items.tsx'
import { Menu } from '../../../ui/menu/menu.tsx'
import { useReadOnly } from '../../../operations/use-operations.ts'
import { readOnlyReason } from '../../../operations/read-only.ts'
import type { MachineRow } from '../row.ts'
import { clearSelection, type Selection } from './selection.ts'
import { BULK_GROUPS } from '../../../components/actions/power-actions.ts'
import { askBulk } from '../../bulk/ask-bulk.ts'

interface Props {
  selected: readonly MachineRow[]
  selection: Selection
}

/** What can be done with the selected machines. Each asks first, and says what it will do to which; what was begun is no longer selected. */
export function BulkActions({ selected, selection }: Props) {
  const disabledReason = readOnlyReason(useReadOnly())
  const ask = (action: SimpleAction) => {
    const candidates = selected.map(({ group, vm }) => ({ ref: group, id: vm.id, name: vm.name, vm }))
    askBulk({ action, candidates, retry: null, onBegun: () => clearSelection(selection) })
  }
  return (
    <>
      <Button size="small" variant="primary" disabledReason={disabledReason} onClick={() => ask(start)}>
        Start…
      </Button>
      <Menu
        label="Actions for the selected machines"
        align="end"
        trigger={
          <Button size="small" disabledReason={disabledReason}>
            Actions
          </Button>
        }
      >
        {BULK_GROUPS.map(({ label, actions }) => (
          <MenuGroup key={label} label={label}>
            {actions.map((action) => (
              <MenuItem key={action.name} danger={action.loses === 'data'} onSelect={() => ask(action)}>
                {`${action.bulk?.menu ?? action.label}…`}
              </MenuItem>
            ))}
          </MenuGroup>
        ))}
      </Menu>
    </>
  )
}
