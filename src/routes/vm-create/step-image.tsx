import { useFormContext } from 'react-hook-form'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { CreateValues } from './form-values.ts'
import { RootPassword } from './root-password.tsx'
import type { StepProps } from './step-content.tsx'

const SYSTEMS = [
  { value: 'distribution', title: 'A distribution', text: 'Installed on the first disc' },
  { value: 'none', title: 'None', text: 'Boot from CD, or empty' },
]

export function StepImage({ values, definitions, errorsOf, goTo }: StepProps) {
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
      {installs ? (
        <>
          <Card padded>
            <RadioCards
              label="Distribution"
              options={(definitions?.distributions ?? []).map((name) => ({
                value: name,
                title: <span className="font-mono text-xs">{name}</span>,
                text: definitions?.distribution_descriptions[name],
              }))}
              hint={noDistributions(definitions?.distributions)}
              errors={errorsOf('distribution')}
              {...register('distribution')}
            />
          </Card>
          <RootPassword values={values} errorsOf={errorsOf} />
        </>
      ) : (
        <Card padded>
          <TextField
            label="URL of the CD"
            optional
            mono
            type="url"
            autoComplete="off"
            placeholder="https://"
            hint="An ISO image that BigV can fetch. Without one the machine has nothing to boot from."
            errors={errorsOf('cdrom_url')}
            {...register('cdrom_url')}
          />
        </Card>
      )}
    </>
  )
}

function noDistributions(names: readonly string[] | undefined): string | undefined {
  if (names === undefined) return 'BigV has not yet told what it has.'
  return names.length === 0 ? 'BigV says that it has none.' : undefined
}
