import type { ComponentProps } from 'react'
import { splitField } from './field.tsx'
import type { FieldProps } from './field.tsx'
import { FieldRow } from './field-row.tsx'
import { Switch } from './switch.tsx'

type Props = ComponentProps<typeof Switch> & Omit<FieldProps, 'optional' | 'labelHidden'>

export function SwitchField({ className, ...props }: Props) {
  const { field, control } = splitField(props)
  return (
    <FieldRow {...field} className={className}>
      {(tied) => <Switch {...control} {...tied} className="mt-px" />}
    </FieldRow>
  )
}
