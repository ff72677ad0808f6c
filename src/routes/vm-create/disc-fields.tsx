import { X } from 'lucide-react'
import { useController, useFormContext } from 'react-hook-form'
import type { Definitions } from '../../api/definitions.ts'
import { Card } from '../../ui/card.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { gradeOf, type CreateValues } from './form-values.ts'
import type { ErrorsOf } from './use-field-errors.ts'

interface Props {
  index: number
  definitions: Definitions | undefined
  errorsOf: ErrorsOf
  onRemove: () => void
}

/** One disc: its label, size and storage grade. The first is the one that boots. */
export function DiscFields({ index, definitions, errorsOf, onRemove }: Props) {
  const { register } = useFormContext<CreateValues>()
  return (
    <Card
      padded
      title={
        <>
          Disc {index + 1}
          {index === 0 && <span className="font-normal text-muted"> boots</span>}
        </>
      }
      actions={
        <IconButton size="small" label={`Remove disc ${index + 1}`} onClick={onRemove}>
          <X size={15} aria-hidden />
        </IconButton>
      }
    >
      <div className="grid gap-3 @lg:grid-cols-[2fr_1fr_2fr]">
        <TextField
          label="Label"
          mono
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          errors={errorsOf(`discs.${index}.label`)}
          {...register(`discs.${index}.label`)}
        />
        <NumberField
          label="Size"
          unit="GiB"
          inputMode="decimal"
          errors={errorsOf(`discs.${index}.size`)}
          {...register(`discs.${index}.size`)}
        />
        <GradeField index={index} definitions={definitions} errorsOf={errorsOf} />
      </div>
    </Card>
  )
}

function GradeField({ index, definitions, errorsOf }: Omit<Props, 'onRemove'>) {
  // Controlled, because the choices come later than the field.
  const { field } = useController<CreateValues, `discs.${number}.storage_grade`>({
    name: `discs.${index}.storage_grade`,
  })
  const grades = definitions?.storage_grades ?? []
  const shown = grades.length === 0 ? [field.value] : grades
  const descriptions = definitions?.storage_grade_descriptions ?? {}
  const value = gradeOf(field.value, grades)
  return (
    <SelectField
      label="Storage grade"
      options={shown}
      hint={descriptions[value]}
      errors={errorsOf(`discs.${index}.storage_grade`)}
      {...field}
      value={value}
    />
  )
}
