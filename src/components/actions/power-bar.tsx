import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { useRunning } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { POWER_GROUPS } from './power-actions.ts'
import { useControl } from './use-control.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'

/** The seven controls of a machine's page, in two kinds: asking the guest, and not asking. */
export function PowerBar({ group, machine }: { group: GroupRef; machine: MachineData }) {
  const disabledReasonOf = useDisabledReason(machine)
  const press = useControl(group, '?tab=keys')
  const running = useRunning(machine.vm.id)
  return (
    <div className="my-4 flex flex-wrap items-end gap-x-5 gap-y-3 max-sm:my-3 max-sm:gap-y-2">
      {POWER_GROUPS.map(({ label, actions }) => (
        <fieldset key={label}>
          <legend className={label === 'Power' ? 'sr-only' : 'mb-1 text-2xs text-muted'}>{label}</legend>
          <div className="flex flex-wrap gap-1.5">
            {actions.map((action) => (
              <Button
                key={action.name}
                disabledReason={disabledReasonOf(action)}
                pending={running?.action === action.name && running.phase === 'checking'}
                onClick={() => press(action, machine)}
              >
                {action.label}
              </Button>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  )
}
