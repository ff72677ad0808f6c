import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useController, useFormContext } from 'react-hook-form'
import type { Definitions } from '../../../api/definitions.ts'
import { Card } from '../../../ui/card.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { NumberField, TextField } from '../../../ui/fields/text-field.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { gradeOf, type CreateValues } from '../form-values.ts'
import type { ErrorsOf } from './use-field-errors.ts'

interface Props {
  index: number
  count: number
  definitions: Definitions | undefined
  errorsOf: ErrorsOf
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

/** One disc: its label, size and storage grade. The first is the one that boots; Alt and an arrow move it, as its buttons do. */
export function DiscFields({ index, count, definitions, errorsOf, onMove, onRemove }: Props) {
  const { register } = useFormContext<CreateValues>()
  return (
    <Card
      padded
      title={
        <>
          Disc {index + 1} {index === 0 && <Tag tone="info">boot disc</Tag>}
        </>
      }
      aria-label={`Disc ${index + 1}`}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
        event.preventDefault()
        onMove(event.key === 'ArrowUp' ? -1 : 1)
      }}
      actions={
        <>
          <IconButton
            size="small"
            label={`Move disc ${index + 1} up`}
            aria-keyshortcuts="Alt+ArrowUp"
            disabledReason={index === 0 ? 'It is the first already.' : null}
            onClick={() => onMove(-1)}
          >
            <ArrowUp size={15} aria-hidden />
          </IconButton>
          <IconButton
            size="small"
            label={`Move disc ${index + 1} down`}
            aria-keyshortcuts="Alt+ArrowDown"
            disabledReason={index === count - 1 ? 'It is the last already.' : null}
            onClick={() => onMove(1)}
          >
            <ArrowDown size={15} aria-hidden />
          </IconButton>
          <IconButton size="small" label={`Remove disc ${index + 1}`} onClick={onRemove}>
            <X size={15} aria-hidden />
          </IconButton>
        </>
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

function GradeField({ index, definitions, errorsOf }: Pick<Props, 'index' | 'definitions' | 'errorsOf'>) {
  // Controlled, because the choices come later than the field.
  const { field } = useController<CreateValues, `discs.${number}.storage_grade`>({
    name: `discs.${index}.storage_grade`,
  })
  const grades = definitions?.storage_grades ?? []
  const shown = grades.length === 0 ? [field.value] : grades
  const value = gradeOf(field.value, grades)
  return (
    <SelectField
      label="Storage grade"
      options={shown}
      hint={definitions?.storage_grade_descriptions[value]}
      errors={errorsOf(`discs.${index}.storage_grade`)}
      {...field}
      value={value}
    />
  )
}
