import type { ComponentProps } from 'react'
import { FieldRow, splitField, type FieldProps } from './field.tsx'

type BoxProps = Omit<ComponentProps<'input'>, 'type'> & { indeterminate?: boolean | undefined }

/** The box alone; name it by aria-label or a label around it. */
export function Checkbox({ indeterminate = false, className = '', ref, ...props }: BoxProps) {
  return (
    <input
      type="checkbox"
      {...props}
      ref={(input) => {
        // Only a property, never an attribute.
        if (input) input.indeterminate = indeterminate
        if (typeof ref === 'function') return ref(input)
        if (ref) ref.current = input
        return undefined
      }}
      className={`check ${className}`}
    />
  )
}

type Props = BoxProps & Omit<FieldProps, 'optional' | 'labelHidden'>

export function CheckboxField({ className, ...props }: Props) {
  const { field, control } = splitField(props)
  return (
    <FieldRow {...field} className={className}>
      {(tied) => <Checkbox {...control} {...tied} className="mt-0.5" />}
    </FieldRow>
  )
}
