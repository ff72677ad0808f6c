import { useState } from 'react'
import type { MachineReading } from '../../api/virtual-machines.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useGates } from '../../components/power/use-gates.ts'
import { primaryAddresses } from '../../operations/done-swap.ts'
import { otherRefusal } from '../../operations/other-machine.ts'
import { requestsOf } from '../../operations/requests.ts'
import { useInFlight } from '../../operations/use-operations.ts'
import { words } from '../../operations/wording.ts'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OtherMachineFields, useOtherMachine } from './other-machine-fields.tsx'
import { useSave } from './settings-save.ts'
import type { TabProps } from './tab-props.ts'

/** Asks for the machine that this one is to swap addresses with, and shows who will have which. */
export function SwapAddresses({ group, reading, onClose }: TabProps & { onClose: () => void }) {
  const { vm } = reading
  const [additional, setAdditional] = useState(false)
  const choice = useOtherMachine(group, vm.id, (other) =>
    otherRefusal('swap_ips', swapOf(reading, other), reading, other),
  )
  const { other, problem } = choice
  const { save, saving, failure } = useSave()
  const refusalOf = useGates(reading)
  const busy = useInFlight(other.id ?? 0)
  const otherBusy =
    busy && !saving ? `“${words[busy.action].label}” is still in flight on the other machine.` : null
  const params = other.reading && swapOf(reading, other.reading, additional)

  const swap = async () => {
    if (params === undefined || other.id === null || other.reading === undefined) return
    const done = await save({
      action: 'swap_ips',
      group,
      reading,
      params,
      also: { ...other.ref, id: other.id, name: other.reading.vm.name },
    })
    if (done) onClose()
  }

  return (
    <FormDialog
      title={`Swap addresses of ${vm.name}`}
      description="Each of the two machines takes the addresses that the other was created with."
      label="Swap addresses"
      danger
      refusal={saving ? null : (refusalOf('swap_ips') ?? problem ?? otherBusy)}
      sending={saving}
      failure={failure}
      requests={params ? requestsOf('swap_ips', group, vm, params) : []}
      onSubmit={swap}
      onClose={onClose}
    >
      <OtherMachineFields choice={choice} sending={saving} />
      <CheckboxField
        label="The additional addresses, too"
        hint="Without it only the main ones change hands."
        checked={additional}
        onChange={(event) => setAdditional(event.currentTarget.checked)}
      />
      {params && other.reading && (
        <table className="w-full text-left text-xs">
          <thead className="text-muted">
            <tr>
              <th className="py-1 pr-3 font-semibold">Machine</th>
              <th className="py-1 pr-3 font-semibold">Has now</th>
              <th className="py-1 font-semibold">Will have</th>
            </tr>
          </thead>
          <tbody className="font-mono">
            <Hands name={vm.name} now={params.swap.shown.own} then={params.swap.shown.other} />
            <Hands name={other.reading.vm.name} now={params.swap.shown.other} then={params.swap.shown.own} />
          </tbody>
        </table>
      )}
      <Notice tone="warn">
        Neither guest learns of it by itself. Set both up for their new addresses first, and shut them down:
        until they use them, neither can be reached.
      </Notice>
    </FormDialog>
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

function swapOf(own: MachineReading, other: MachineReading, additional = false) {
  return {
    swap: {
      other: other.vm.id,
      move_additional_ips: additional,
      shown: {
        own: primaryAddresses(own.vm, additional) ?? [],
        other: primaryAddresses(other.vm, additional) ?? [],
      },
    },
  }
}
