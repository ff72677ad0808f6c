import { useFormContext } from 'react-hook-form'
import { mibIn, formatMib } from '../../../lib/units.ts'
import { Card } from '../../../ui/card.tsx'
import { CheckboxField } from '../../../ui/fields/checkbox-field.tsx'
import { NumberField } from '../../../ui/fields/number-field.tsx'
import { RadioCards } from '../../../ui/fields/radio-cards.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { OWN_SIZE, PRESETS, type CreateValues } from '../form-values.ts'
import type { StepProps } from './step-props.ts'
import { coresInWords } from '../words.ts'

const SIZES = [
  ...PRESETS.map(({ value, cores, memory }) => ({
    value,
    title: coresInWords(Number(cores)),
    text: formatMib(mibIn(memory)),
  })),
  { value: OWN_SIZE, title: 'Own size', text: 'As typed' },
]

/** Cores, memory, and the hardware that the guest sees. */
export function SizeCard({ values, definitions, errorsOf }: StepProps) {
  const { register, setValue } = useFormContext<CreateValues>()
  const choosePreset = (chosen: string) => {
    const preset = PRESETS.find(({ value }) => value === chosen)
    if (preset === undefined) return
    setValue('cores', preset.cores, { shouldDirty: true })
    setValue('memory', preset.memory, { shouldDirty: true })
  }
  const typedSize = { onChange: () => setValue('preset', OWN_SIZE, { shouldDirty: true }) }
  return (
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
        <div className="grid items-start gap-x-6 gap-y-3 @lg:grid-cols-2">
          <SelectField
            label="Hardware profile"
            placeholder="Let BigV choose"
            options={definitions?.hardware_profiles}
            errors={errorsOf('hardware_profile')}
            {...register('hardware_profile')}
          />
          <CheckboxField
            label="Lock the hardware profile"
            hint="BigV does not upgrade it by itself."
            className="@lg:pt-7"
            errors={errorsOf('hardware_profile_locked')}
            {...register('hardware_profile_locked')}
          />
        </div>
      </div>
    </Card>
  )
}

/** What a size that is no round number is sent as: BigV takes whole MiB. */
function mibHint(typed: string): string | undefined {
  const mib = mibIn(typed)
  return Number.isNaN(mib) || mib % 1024 === 0 ? undefined : `is sent as ${mib} MiB`
}
