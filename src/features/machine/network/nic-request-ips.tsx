import { useState } from 'react'
import { requestAddresses } from '../../../actions/network.ts'
import type { Nic } from '../../../api/virtual-machine.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useAction } from '../../../operations/use-action.ts'
import { isIpv4 } from '../../../lib/addresses.ts'
import { numberIn } from '../../../lib/units.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { NumberField } from '../../../ui/fields/number-field.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

/** Asks for additional addresses, and shows those that came. Only IPv4 can be had (API reference, "NICs and IPs"). */
export function RequestIps({ group, machine, nic, onClose }: TabProps & { nic: Nic; onClose: () => void }) {
  const { vm } = machine
  const [many, setMany] = useState('1')
  const [reason, setReason] = useState('')
  const [touched, setTouched] = useState(false)
  const [came, setCame] = useState<string | null>(null)
  const request = useAction(requestAddresses, { group, machine })
  const addresses = numberIn(many)
  const manyProblem = Number.isInteger(addresses) && addresses > 0 ? null : 'A whole number, at least 1.'
  const reasonProblem = reason.trim() === '' ? 'Say what they are for: BigV wants a reason.' : null
  const problem = manyProblem ?? reasonProblem
  const asked = { nic: nic.id, addresses, family: 'ipv4', reason: reason.trim() } as const
  const disabledReason = request.isPending ? null : (request.disabledReason ?? problem)
  const says = (attribute: string) =>
    request.error?.fields[attribute]?.map((message) => `BigV says: ${message}`)
  const main = nic.ips?.find(isIpv4)

  const submit = () => request.mutate(asked, { onSuccess: ({ note }) => setCame(note) })

  if (came !== null) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={`${vm.name} has additional addresses`}
        footer={
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        }
      >
        <p className="font-mono wrap-anywhere">{came}</p>
        <p className="mt-2 text-muted">
          The guest has to be told of them: BigV only routes them to {main ?? 'its main address'}.
        </p>
      </Dialog>
    )
  }
  return (
    <FormDialog
      title={`Request addresses for ${vm.name}`}
      description={`Additional IPv4 addresses, routed to ${main ?? 'the main IPv4 address'}; not a block, and no IPv6.`}
      label="Request"
      disabledReason={disabledReason}
      sending={request.isPending}
      failure={request.error}
      requests={problem === null ? request.requests(asked) : []}
      onSubmit={submit}
      onClose={onClose}
    >
      <Notice tone="warn">
        None of them can be given back. How many there can be is capped; BigV does not publish the number.
      </Notice>
      <NumberField
        label="How many"
        className="max-w-40"
        value={many}
        errors={manyProblem ? [manyProblem] : says('addresses')}
        onChange={(event) => setMany(event.currentTarget.value)}
      />
      <TextField
        label="Reason"
        value={reason}
        hint="For BigV's staff, such as: TLS for two more sites."
        errors={touched && reasonProblem ? [reasonProblem] : says('reason')}
        onBlur={() => setTouched(true)}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
