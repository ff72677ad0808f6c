import { useState } from 'react'
import { useAction } from '../../../operations/use-action.ts'
import { actions } from '../../../actions/index.ts'
import { CheckboxField } from '../../../ui/fields/checkbox.tsx'
import { primaryAddresses, swapAddresses, swapProblem } from '../../../actions/network.ts'
import { ActionDialog } from '../../../components/form-dialog.tsx'
import type { MachineInGroup } from '../../../components/machine/machine-in-group.ts'
import { useRunning } from '../../../operations/use-operations.ts'
import { Notice } from '../../../ui/notice.tsx'
import { OtherMachineFields, useOtherMachine } from '../other-machine-fields.tsx'

/** Asks for the machine that this one is to swap addresses with, and shows who will have which. */
export function SwapAddresses({ group, machine, onClose }: MachineInGroup & { onClose: () => void }) {
  const { vm } = machine
  const [additional, setAdditional] = useState(false)
  const choice = useOtherMachine(group, vm.id, (other) => swapProblem(other, machine))
  const { machine: other, target } = choice
  const swap = useAction(swapAddresses, { group, machine, other })
  const busy = useRunning(Number(choice.chosen))
  const otherBusy = busy ? `“${actions[busy.action].label}” is still running on the other machine.` : null
  const own = primaryAddresses(vm, additional) ?? []
  const theirs = (other && primaryAddresses(other.vm, additional)) ?? []

  return (
    <ActionDialog
      title={`Swap addresses of ${vm.name}`}
      description="Each of the two machines takes the addresses that the other was created with."
      label={swapAddresses.label}
      danger
      action={swap}
      params={target && { other: target, additional }}
      problem={choice.problem ?? otherBusy}
      onClose={onClose}
    >
      <OtherMachineFields choice={choice} pending={swap.isPending} />
      <CheckboxField
        label="The additional addresses, too"
        hint="Without it only the main ones change hands."
        checked={additional}
        onChange={(event) => setAdditional(event.currentTarget.checked)}
      />
      {other && (
        <table className="w-full text-left text-xs">
          <thead className="text-muted">
            <tr>
              <th className="py-1 pr-3 font-semibold">Machine</th>
              <th className="py-1 pr-3 font-semibold">Has now</th>
              <th className="py-1 font-semibold">Will have</th>
            </tr>
          </thead>
          <tbody className="font-mono">
            <Hands name={vm.name} now={own} then={theirs} />
            <Hands name={other.vm.name} now={theirs} then={own} />
          </tbody>
        </table>
      )}
      <Notice tone="warn">
        Neither guest learns of it by itself. Set both up for their new addresses first, and shut them down:
        until they use them, neither can be reached.
      </Notice>
    </ActionDialog>
  )
}

function Hands({ name, now, then }: { name: string; now: readonly string[]; then: readonly string[] }) {
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-1.5 pr-3 font-semibold wrap-anywhere">
        {name}
      </th>
      {[now, then].map((addresses, index) => (
        <td key={index === 0 ? 'now' : 'then'} className="py-1.5 pr-3 wrap-anywhere">
          {addresses.map((address) => (
            <div key={address}>{address}</div>
          ))}
        </td>
      ))}
    </tr>
  )
}
