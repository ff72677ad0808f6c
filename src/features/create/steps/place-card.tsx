import { useFormContext } from 'react-hook-form'
import { Card } from '../../../ui/card.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import type { CreateValues } from '../form-values.ts'
import type { StepProps } from './step-props.ts'

const TYPED = { mono: true, autoComplete: 'off', autoCapitalize: 'off', spellCheck: false } as const

/** Where it stands, what its console has for a keyboard, and its addresses where those can be chosen. */
export function PlaceCard({ definitions, errorsOf }: StepProps) {
  const { register } = useFormContext<CreateValues>()
  return (
    <Card padded>
      <div className="grid items-start gap-x-6 gap-y-4 @lg:grid-cols-2">
        <SelectField
          label="Zone"
          placeholder="Let BigV choose"
          options={definitions?.zone_names}
          hint="Can be chosen now only."
          errors={errorsOf('zone_name')}
          {...register('zone_name')}
        />
        <SelectField
          label="Keymap of the console"
          placeholder="default"
          options={definitions?.keymaps.toSorted()}
          errors={errorsOf('keymap')}
          {...register('keymap')}
        />
        <TextField label="IPv4 address" optional {...TYPED} errors={errorsOf('ipv4')} {...register('ipv4')} />
        <TextField label="IPv6 address" optional {...TYPED} errors={errorsOf('ipv6')} {...register('ipv6')} />
        <p className="-mt-2 text-xs text-muted @lg:col-span-2">
          Addresses can be chosen in a private VLAN only. Left empty, BigV gives them.
        </p>
      </div>
    </Card>
  )
}
