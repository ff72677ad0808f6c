import type { MachineReading } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { useInFlight } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { POWER_GROUPS } from './power-actions.ts'
import { useControl } from './use-control.ts'
import { useGates } from './use-gates.ts'

/** The seven controls of a machine's page, in two kinds: asking the guest, and not asking. */
export function PowerBar({ group, reading }: { group: GroupRef; reading: MachineReading }) {
  const refusalOf = useGates(reading)
  const press = useControl(group, '?tab=keys')
  const inFlight = useInFlight(reading.vm.id)
  return (
    <div className="my-4 flex flex-wrap items-end gap-x-5 gap-y-3 max-sm:my-3 max-sm:gap-y-2">
      {POWER_GROUPS.map(({ label, actions }) => (
        <fieldset key={label}>
          <legend className={label === 'Power' ? 'sr-only' : 'mb-1 text-2xs text-muted'}>{label}</legend>
          <div className="flex flex-wrap gap-1.5">
            {actions.map((action) => (
              <Button
                key={action.name}
                refusal={refusalOf(action)}
                pending={inFlight?.action === action.name && inFlight.phase === 'checking'}
                onClick={() => press(action, reading)}
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
