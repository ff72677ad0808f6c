import type { Definitions } from '../../../api/definitions.ts'
import { mibIn } from '../../../lib/units.ts'
import { NumberField } from '../../../ui/fields/number-field.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import type { DiscValues } from './disc-values.ts'

interface Props {
  values: DiscValues
  definitions: Definitions | undefined
  errorsOf: (attribute: 'label' | 'size' | 'storage_grade') => readonly string[] | undefined
  onSet: (attribute: 'label' | 'size' | 'storage_grade', value: string) => void
}

/** What can be said of a disc: its label, its size, its storage grade. */
export function DiscFields({ values, definitions, errorsOf, onSet }: Props) {
  const { label, size, storage_grade } = values
  const grades = definitions?.storage_grades ?? []
  const mib = mibIn(size)
  return (
    <>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <TextField
          label="Label"
          mono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={label}
          errors={errorsOf('label')}
          onChange={(event) => onSet('label', event.currentTarget.value)}
        />
        <NumberField
          label="Size"
          unit="GiB"
          inputMode="decimal"
          value={size}
          hint={mib > 0 ? `That is ${mib} MiB.` : undefined}
          errors={errorsOf('size')}
          onChange={(event) => onSet('size', event.currentTarget.value)}
        />
      </div>
      <SelectField
        label="Storage grade"
        options={grades.includes(storage_grade) ? grades : [storage_grade, ...grades]}
        value={storage_grade}
        hint={definitions?.storage_grade_descriptions[storage_grade]}
        errors={errorsOf('storage_grade')}
        onChange={(event) => onSet('storage_grade', event.currentTarget.value)}
      />
    </>
  )
}
