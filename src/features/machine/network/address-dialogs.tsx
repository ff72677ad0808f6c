import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { actions } from '../../../actions/index.ts'
import {
  primaryAddresses,
  requestAddresses,
  setReverseDns,
  swapAddresses,
  swapProblem,
} from '../../../actions/network.ts'
import { ipQueries } from '../../../api/ips.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { MachineInGroup, Nic } from '../../../api/virtual-machines.ts'
import { ActionDialog } from '../../../components/form-dialog.tsx'
import { OtherMachineFields, useOtherMachine } from '../../../components/machine/other-machine-fields.tsx'
import { useDraft } from '../../../components/use-draft.ts'
import { isIpv4 } from '../../../lib/addresses.ts'
import { countProblem, numberIn } from '../../../lib/units.ts'
import { useRunning } from '../../../operations/store.ts'
import { useAction } from '../../../operations/use-action.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { CheckboxField } from '../../../ui/fields/checkbox.tsx'
import { NumberField, TextField } from '../../../ui/fields/text-field.tsx'
import { Notice } from '../../../ui/notice.tsx'

interface Props extends MachineInGroup {
  onClose: () => void
}

/** Requests additional addresses, then shows the new ones. BigV allocates only IPv4 (docs/bigv-api.md#9-network-nics-and-ips). */
export function RequestAddresses({ group, machine, nic, onClose }: Props & { nic: Nic }) {
  const { vm } = machine
  const [many, setMany] = useState('1')
  const [reason, setReason] = useState('')
  const [touched, setTouched] = useState(false)
  const [added, setAdded] = useState<string | null>(null)
  const request = useAction(requestAddresses, { group, machine })
  const addresses = numberIn(many)
  const manyProblem = countProblem(addresses)
  const reasonProblem = reason.trim() === '' ? 'Enter a reason: BigV requires one.' : null
  const problem = manyProblem ?? reasonProblem
  const main = nic.ips?.find(isIpv4)

  if (added !== null) {
    return (
      <Dialog
        onClose={onClose}
        title={`New addresses for ${vm.name}`}
        footer={
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        }
      >
        <p className="font-mono wrap-anywhere">{added}</p>
        <p className="mt-2 text-muted">
          Configure them in the guest: BigV only routes them to {main ?? 'its main address'}.
        </p>
      </Dialog>
    )
  }
  return (
    <ActionDialog
      title={`Request addresses for ${vm.name}`}
      description={`Additional IPv4 addresses, routed to ${main ?? 'the main IPv4 address'}. They don’t form a block; IPv6 isn’t available.`}
      label="Request"
      action={request}
      params={problem === null ? { nic: nic.id, addresses, family: 'ipv4', reason: reason.trim() } : null}
      problem={problem}
      onDone={({ note }) => setAdded(note)}
      onClose={onClose}
    >
      {(errorsOf) => (
        <>
          <Notice tone="warn">
            Addresses can’t be released here, and older versions of BigV may not release them at all. A
            network interface can have up to 4 additional addresses, according to Bytemark’s documentation.
          </Notice>
          <NumberField
            label="How many"
            className="max-w-40"
            value={many}
            errors={errorsOf('addresses', manyProblem)}
            onChange={(event) => setMany(event.currentTarget.value)}
          />
          <TextField
            label="Reason"
            value={reason}
            hint="For BigV’s staff, for example: TLS for two more sites."
            errors={errorsOf('reason', touched ? reasonProblem : null)}
            onBlur={() => setTouched(true)}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
    </ActionDialog>
  )
}

/** The page fetches an address only once, so the dialog fetches it again to show changes made elsewhere. */
const REFRESH_MS = 10_000

/** Changes the reverse DNS of an address; an empty name removes it. */
export function ReverseDns({ group, machine, address, onClose }: Props & { address: string }) {
  const ip = useQuery({ ...ipQueries.one(address), refetchOnMount: 'always', refetchInterval: REFRESH_MS })
  // BigV uses null for an address without a name (docs/bigv-api.md#9-network-nics-and-ips).
  const now = ip.data?.rdns || null
  const draft = useDraft({ rdns: now ?? '' })
  const typed = draft.values.rdns
  // Refetch even after a failure: BigV may have made the change.
  const change = useAction(setReverseDns, { group, machine, resource: ip.data }, () =>
    queryClient.invalidateQueries({ queryKey: ipQueries.one(address).queryKey }),
  )
  const name = typed.trim() || null
  const wrong = name === null ? null : hostNameProblem(name)
  const isSame = !draft.differs('rdns') || name === now
  const problem = wrong ?? (isSame ? 'No changes to save.' : null)
  return (
    <ActionDialog
      title={`Reverse DNS of ${address}`}
      label="Save"
      action={change}
      params={problem === null ? { address, name } : null}
      problem={problem}
      draft={draft}
      onClose={onClose}
    >
      {(errorsOf) => (
        <TextField
          label="Host name"
          mono
          hint="Full host name, such as www.example.com. Leave empty to remove."
          errors={errorsOf('rdns', wrong)}
          {...draft.text('rdns')}
        />
      )}
    </ActionDialog>
  )
}

// The limits of RFC 1123; BigV documents no rule of its own.
const LONGEST = 253
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/** Why a text isn't a valid host name, or null. A trailing dot is allowed. */
export function hostNameProblem(text: string): string | null {
  const name = text.replace(/\.$/, '')
  if (name.length > LONGEST)
    return `A host name can have at most ${LONGEST} characters; this one has ${name.length}.`
  const wrong = name.split('.').find((label) => !LABEL.test(label))
  if (wrong === undefined) return null
  if (wrong === '') return 'Each part between the dots must have at least one character.'
  if (/[^a-z0-9-]/i.test(wrong))
    return `Use only letters, digits and hyphens between the dots; “${wrong}” has others.`
  if (wrong.length > 63) return 'Each part between the dots can have at most 63 characters.'
  return `“${wrong}” can’t begin or end with a hyphen.`
}

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
      description="The two machines swap the IP addresses they were created with."
      label={swapAddresses.label}
      danger
      action={swap}
      params={target && { other: target, additional }}
      problem={choice.problem ?? otherBusy}
      onClose={onClose}
    >
      <OtherMachineFields choice={choice} pending={swap.isPending} />
      <CheckboxField
        label="Also swap additional addresses"
        hint="Otherwise only the main addresses are swapped."
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
            <SwapRow name={vm.name} now={own} then={theirs} />
            <SwapRow name={other.vm.name} now={theirs} then={own} />
          </tbody>
        </table>
      )}
      <Notice tone="warn">
        Swapping doesn’t change the guests’ own network settings. First configure both guests for their new
        addresses, then shut them down. A machine can’t be reached until it uses its new addresses.
      </Notice>
    </ActionDialog>
  )
}

function SwapRow({ name, now, then }: { name: string; now: readonly string[]; then: readonly string[] }) {
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
