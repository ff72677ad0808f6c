import { Button } from '../../ui/button.tsx'
import { MenuGroup, MenuItem } from '../../ui/menu-items.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useLookOnly } from '../../operations/use-operations.ts'
import { lookOnlyRefusal } from '../../operations/look-only.ts'
import type { Task } from '../../operations/bulk/task.ts'
import type { MachineRow } from '../machine-table/row.ts'
import { clearSelection, type Selection } from '../machine-table/selection.ts'
import { askBulk } from './ask-bulk.ts'

interface Props {
  selected: readonly MachineRow[]
  selection: Selection
}

const GROUPS: readonly {
  label: string
  tasks: readonly { label: string; task: Task; danger?: boolean }[]
}[] = [
  {
    label: 'Asks the guest',
    tasks: [
      { label: 'Shut down…', task: { action: 'shut_down' } },
      { label: 'Restart…', task: { action: 'restart' } },
    ],
  },
  {
    label: 'Without asking, like the plug',
    tasks: [
      { label: 'Stop…', task: { action: 'stop' } },
      { label: 'Reboot…', task: { action: 'reboot' } },
      { label: 'Reset…', task: { action: 'reset' } },
    ],
  },
  {
    label: 'When it powers off',
    tasks: [
      { label: 'Autoreboot on…', task: { action: 'set_autoreboot', autoreboot_on: true } },
      { label: 'Autoreboot off…', task: { action: 'set_autoreboot', autoreboot_on: false } },
    ],
  },
  {
    label: 'The whole machine',
    tasks: [
      { label: 'Delete…', task: { action: 'delete' }, danger: true },
      { label: 'Restore…', task: { action: 'undelete' } },
      { label: 'Purge…', task: { action: 'purge' }, danger: true },
    ],
  },
]

/** What can be done with the selected machines. Each asks first, and says what it will do to which; what was begun is no longer selected. */
export function BulkActions({ selected, selection }: Props) {
  const refusal = lookOnlyRefusal(useLookOnly())
  const ask = (task: Task) => {
    const candidates = selected.map(({ group, vm }) => ({ ref: group, id: vm.id, name: vm.name, vm }))
    askBulk({ task, candidates, retry: null, onBegun: () => clearSelection(selection) })
  }
  return (
    <>
      <Button size="small" variant="primary" refusal={refusal} onClick={() => ask({ action: 'start' })}>
        Start…
      </Button>
      <Menu
        label="Actions for the selected machines"
        align="end"
        trigger={
          <Button size="small" refusal={refusal}>
            Actions
          </Button>
        }
      >
        {GROUPS.map(({ label, tasks }) => (
          <MenuGroup key={label} label={label}>
            {tasks.map((each) => (
              <MenuItem key={each.label} danger={each.danger} onSelect={() => ask(each.task)}>
                {each.label}
              </MenuItem>
            ))}
          </MenuGroup>
        ))}
      </Menu>
    </>
  )
}
