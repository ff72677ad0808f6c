import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { putBack, putBackLabel } from '../../components/actions/operation-toasts.ts'
import { usePlanOn } from '../../operations/plans/use-plans.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { actions, simpleActionOf } from '../../actions/index.ts'
import { sendKeys } from '../../actions/power.ts'
import { yesNo } from '../../lib/text.ts'

/** Where the last operation here has changed autoreboot_on: says so, and offers to put it back. */
export function PutBack({ id, vm }: { id: number; vm: Pick<VirtualMachine, 'autoreboot_on' | 'deleted'> }) {
  const last = useOperations().findLast(({ target, action }) => target.id === id && action !== sendKeys.name)
  const change = last?.autoreboot
  // A plan says it itself, and what is to be done about it.
  const plan = usePlanOn(id)
  if (
    plan !== undefined ||
    !last ||
    !change ||
    simpleActionOf(last.action)?.menu === 'autoreboot' ||
    vm.deleted ||
    vm.autoreboot_on !== change.after
  ) {
    return null
  }
  return (
    <>
      “{actions[last.action].label}” has changed that (autoreboot_on {yesNo(change.before)} →{' '}
      {yesNo(change.after)}).{' '}
      {last.phase === 'ended' && (
        <button
          type="button"
          className="min-h-6 underline hover:text-text"
          onClick={() => void putBack(last)}
        >
          {putBackLabel(last)}
        </button>
      )}
    </>
  )
}
