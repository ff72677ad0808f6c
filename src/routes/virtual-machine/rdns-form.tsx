import { useState } from 'react'
import { ipQueries } from '../../api/ips.ts'
import { queryClient } from '../../api/query-client.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useGates } from '../../components/power/use-gates.ts'
import { hostNameProblem } from '../../lib/host-names.ts'
import { requestsOf } from '../../operations/requests.ts'
import { TextField } from '../../ui/text-field.tsx'
import { useSave } from './settings-save.ts'
import type { TabProps } from './tab-props.ts'

interface Props extends TabProps {
  address: string
  /** The name that it has, as last read. */
  now: string | null
  onClose: () => void
}

/** Asks for the name that reverse DNS is to give an address; an empty one takes it away. */
export function RdnsForm({ group, reading, address, now, onClose }: Props) {
  const { vm } = reading
  const [typed, setTyped] = useState(now ?? '')
  const { save, saving, failure } = useSave()
  const refusalOf = useGates(reading)
  const name = typed.trim()
  const problem = name === '' ? null : hostNameProblem(name)
  const unchanged = name === (now ?? '') ? 'Nothing is changed yet.' : null
  // BigV has null for an address without a name (API reference, "NICs and IPs").
  const params = { rdns: { address, name: name === '' ? null : name } }
  const refusal = saving ? null : (refusalOf('set_rdns') ?? problem ?? unchanged)
  const fromBigV = failure?.fields['rdns']?.map((message) => `BigV says: ${message}`)

  const submit = async () => {
    const done = await save({ action: 'set_rdns', group, reading, params })
    // Whatever came of it, what is shown is what BigV has.
    await queryClient.invalidateQueries({ queryKey: ipQueries.one(address).queryKey })
    if (done) onClose()
  }

  return (
    <FormDialog
      title={`Reverse DNS of ${address}`}
      label="Save"
      refusal={refusal}
      sending={saving}
      failure={failure}
      requests={refusal === null ? requestsOf('set_rdns', group, vm, params) : []}
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
