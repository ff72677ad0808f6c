import { useFormContext } from 'react-hook-form'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { RadioCards } from '../../../ui/fields/radio-group.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { DistributionPicker } from './distribution-picker.tsx'
import type { CreateValues } from '../form-values.ts'
import { LoginCard } from './login-card.tsx'
import type { StepProps } from './step-props.ts'

const SYSTEMS = [
  { value: 'distribution', title: 'A distribution', text: 'Installed on the boot disc' },
  { value: 'none', title: 'None', text: 'Boot from CD, or empty' },
]

export function StepImage(props: StepProps) {
  const { values, definitions, errorsOf, goTo } = props
  const { register } = useFormContext<CreateValues>()
  const installs = values.system === 'distribution'
  return (
    <>
      <Card padded>
        <RadioCards
          label="System"
          cards="wide"
          options={SYSTEMS}
          errors={errorsOf('system')}
          {...register('system')}
        />
        {installs && values.discs.length === 0 && (
          <Button className="mt-2" onClick={() => goTo('discs')}>
            Add a disc
          </Button>
        )}
      </Card>
      {installs && (
        <>
          <Card padded>
            <DistributionPicker chosen={values.distribution} definitions={definitions} errorsOf={errorsOf} />
          </Card>
          <LoginCard {...props} />
        </>
      )}
      <Card padded>
        <TextField
          label="URL of the CD"
          optional
          mono
          type="url"
          autoComplete="off"
          placeholder="https://"
          hint={`An ISO image that BigV can fetch.${installs ? '' : ' Without one the machine has nothing to boot from.'}`}
          errors={errorsOf('cdrom_url')}
          {...register('cdrom_url')}
        />
      </Card>
    </>
  )
}
