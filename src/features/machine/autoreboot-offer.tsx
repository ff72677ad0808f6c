import { actions, simpleActionOf } from '../../actions/index.ts'
import { reimage } from '../../actions/lifecycle.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { putBack, putBackLabel } from '../../components/actions/put-back.ts'
import type { Operation } from '../../operations/operation.ts'
import { usePlanOn } from '../../operations/plan-store.ts'
import { useOperations } from '../../operations/store.ts'

type Power = Pick<VirtualMachine, 'id' | 'autoreboot_on' | 'deleted'>

/** Offers to undo a change of automatic restart that a re-image or a failed action has left behind. */
export function AutorebootOffer({ vm }: { vm: Power }) {
  const left = leftAutoreboot(useOperations(), vm)
  // While there is a plan, its panel has a button to undo the change.
  const plan = usePlanOn(vm.id)
  if (plan !== undefined || left === undefined) return null
  return (
    <button
      type="button"
      className="min-h-6 text-xs text-muted underline hover:text-text print:hidden"
      onClick={() => void putBack(left)}
    >
      {putBackLabel(left)}
    </button>
  )
}

/**
 * The machine's last operation, if it has left automatic restart changed: a re-image, or an action that failed after it had changed the
 * value. An ordinary start or shutdown is meant to change it. The result has the value from before the machine's first change. Operations
 * that block nothing, such as key presses, don't count.
 */
export function leftAutoreboot(operations: readonly Operation[], vm: Power): Operation | undefined {
  const own = operations.filter(
    ({ action, blocksNothing, target }) =>
      target.id === vm.id && actions[action].on === 'machine' && !blocksNothing,
  )
  const last = own.at(-1)
  if (last?.phase !== 'ended' || vm.deleted || simpleActionOf(last.action)?.menu === 'autoreboot')
    return undefined
  const failed = last.outcome !== 'done' && last.autoreboot !== null
  const before = own.find(({ autoreboot }) => autoreboot !== null)?.autoreboot?.before
  if (!(failed || last.action === reimage.name) || before === undefined || vm.autoreboot_on === before)
    return undefined
  return { ...last, autoreboot: { before, after: vm.autoreboot_on } }
}
