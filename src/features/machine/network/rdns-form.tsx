import { useState } from 'react'
import { setReverseDns } from '../../../actions/network.ts'
import { ipQueries } from '../../../api/ips.ts'
import { queryClient } from '../../../api/query-client.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useAction } from '../../../operations/use-action.ts'
import { hostNameProblem } from './host-names.ts'
import { TextField } from '../../../ui/fields/text-field.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

interface Props extends TabProps {
  address: string
  /** The name that it has, as last read. */
  now: string | null
  onClose: () => void
}

/** Asks for the name that reverse DNS is to give an address; an empty one takes it away. */
export function RdnsForm({ group, machine, address, now, onClose }: Props) {
  const [typed, setTyped] = useState(now ?? '')
  // Whatever came of it, what is shown is what BigV has.
  const change = useAction(setReverseDns, { group, machine }, () =>
    queryClient.invalidateQueries({ queryKey: ipQueries.one(address).queryKey }),
  )
  const name = typed.trim()
  const problem = name === '' ? null : hostNameProblem(name)
  const unchanged = name === (now ?? '') ? 'Nothing is changed yet.' : null
  // BigV has null for an address without a name (API reference, "NICs and IPs").
  const params = { address, name: name === '' ? null : name }
  const disabledReason = change.isPending ? null : (change.disabledReason ?? problem ?? unchanged)
  const fromBigV = change.error?.fields['rdns']?.map((message) => `BigV says: ${message}`)

  const submit = () => change.mutate(params, { onSuccess: onClose })

  return (
    <FormDialog
      title={`Reverse DNS of ${address}`}
      label="Save"
      disabledReason={disabledReason}
      sending={change.isPending}
      failure={change.error}
      requests={disabledReason === null ? change.requests(params) : []}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label="Host name"
        mono
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        hint="Whole, such as www.example.com. Empty takes the name away."
        errors={problem ? [problem] : fromBigV}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
