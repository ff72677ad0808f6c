import type { ComponentProps } from 'react'
import { Checkbox } from './checkbox.tsx'
import { splitField } from './field.tsx'
import type { FieldProps } from './field.tsx'
import { FieldRow } from './field-row.tsx'

type Props = ComponentProps<typeof Checkbox> & Omit<FieldProps, 'optional' | 'labelHidden'>

export function CheckboxField({ className, ...props }: Props) {
  const { field, control } = splitField(props)
  return (
    <FieldRow {...field} className={className}>
      {(tied) => <Checkbox {...control} {...tied} className="mt-0.5" />}
    </FieldRow>
  )
}
