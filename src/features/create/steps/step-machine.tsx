import { useFormContext } from 'react-hook-form'
import { Card } from '../../../ui/card.tsx'
import { SwitchField } from '../../../ui/fields/switch-field.tsx'
import type { CreateValues } from '../form-values.ts'
import { NameField } from './name-field.tsx'
import { PlaceCard } from './place-card.tsx'
import { SizeCard } from './size-card.tsx'
import type { StepProps } from './step-props.ts'

export function StepMachine(props: StepProps) {
  const { values, errorsOf } = props
  const { register } = useFormContext<CreateValues>()
  return (
    <>
      <Card padded>
        <NameField {...props} />
      </Card>
      <SizeCard {...props} />
      <Card padded>
        <div className="grid gap-3">
          <SwitchField
            label="Turn it on when it is made"
            errors={errorsOf('power_on')}
            {...register('power_on')}
          />
          <SwitchField
            label="Comes back on after it powers off"
            hint={
              values.autoreboot_on && !values.power_on
                ? 'BigV turns on whatever is off while this is on: the machine will start all the same.'
                : 'Whenever the machine is off, BigV turns it on again.'
            }
            errors={errorsOf('autoreboot_on')}
            {...register('autoreboot_on')}
          />
        </div>
      </Card>
      <PlaceCard {...props} />
    </>
  )
}
