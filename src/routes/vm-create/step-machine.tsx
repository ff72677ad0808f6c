import { useFormContext } from 'react-hook-form'
import { formatMib } from '../../lib/units.ts'
import { Card } from '../../ui/card.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { SwitchField } from '../../ui/switch-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { OWN_SIZE, PRESETS, type CreateValues } from './form-values.ts'
import { NameHolder } from './name-holder.tsx'
import { mibIn } from '../../lib/numbers.ts'
import type { StepProps } from './step-content.tsx'
import { coresInWords } from './words.ts'

const SIZES = [
  ...PRESETS.map(({ value, cores, memory }) => ({
    value,
    title: coresInWords(Number(cores)),
    text: formatMib(mibIn(memory)),
  })),
  { value: OWN_SIZE, title: 'Own size', text: 'As typed' },
]

export function StepMachine({ group, values, definitions, errorsOf, attempt }: StepProps) {
  const { register, setValue } = useFormContext<CreateValues>()
  const choosePreset = (chosen: string) => {
    const preset = PRESETS.find(({ value }) => value === chosen)
    if (preset === undefined) return
    setValue('cores', preset.cores, { shouldDirty: true })
    setValue('memory', preset.memory, { shouldDirty: true })
  }
  const typedSize = { onChange: () => setValue('preset', OWN_SIZE, { shouldDirty: true }) }
  return (
    <>
      <Card padded>
        <TextField
          label="Name"
          mono
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="max-w-md"
          hint={<NameHolder group={group} values={values} attempt={attempt} />}
          errors={errorsOf('name')}
          {...register('name')}
        />
      </Card>
      <Card padded>
        <div className="grid gap-4">
          <RadioCards
            label="Size"
            cards="narrow"
            options={SIZES}
            errors={errorsOf('preset')}
            {...register('preset', { onChange: (event) => choosePreset(event.target.value) })}
          />
          <div className="grid max-w-md grid-cols-2 gap-3">
            <NumberField label="Cores" errors={errorsOf('cores')} {...register('cores', typedSize)} />
            <NumberField
              label="Memory"
              unit="GiB"
              inputMode="decimal"
              hint={mibHint(values.memory)}
              errors={errorsOf('memory')}
              {...register('memory', typedSize)}
            />
          </div>
          <SelectField
            label="Hardware profile"
            className="max-w-md"
            placeholder="Let BigV choose"
            options={definitions?.hardware_profiles}
            errors={errorsOf('hardware_profile')}
            {...register('hardware_profile')}
          />
        </div>
      </Card>
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
    </>
  )
}

/** What a size that is no round number is sent as: BigV takes whole MiB. */
function mibHint(typed: string): string | undefined {
  const mib = mibIn(typed)
  return Number.isNaN(mib) || mib % 1024 === 0 ? undefined : `is sent as ${mib} MiB`
}
