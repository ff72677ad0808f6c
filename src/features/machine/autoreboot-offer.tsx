import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { putBack, putBackLabel } from '../../components/actions/put-back.ts'
import { leftChanged } from '../../operations/left-changed.ts'
import { usePlanOn } from '../../operations/plan-store.ts'
import { useOperations } from '../../operations/store.ts'

/** Offers to put automatic restart back, if a re-image or a failed action left it changed. */
export function AutorebootOffer({ group, machine: { vm } }: MachineInGroup) {
  const left = leftChanged(useOperations(), vm.id)
  // While there is a plan, its panel has a button to undo the change.
  const plan = usePlanOn(vm.id)
  if (plan !== undefined || left === null || vm.deleted || vm.autoreboot_on !== left.after) return null
  const changed = { target: { ...group, id: vm.id, name: vm.name }, autoreboot: left }
  return (
    <button
      type="button"
      className="min-h-6 text-xs text-muted underline hover:text-text print:hidden"
      onClick={() => void putBack(changed)}
    >
      {putBackLabel(changed)}
    </button>
  )
}
