import type { ComponentProps } from 'react'
import { Field, splitField, type FieldProps } from './field.tsx'

type Option = { value: string; label: string; disabled?: boolean | undefined }

type Props = ComponentProps<'select'> &
  FieldProps & {
    /** Plain values or values with labels; groups of options go in as children instead. */
    options?: readonly (string | Option)[] | undefined
    /** The words of a first, empty choice. */
    placeholder?: string | undefined
  }

export function SelectField({ options, placeholder, children, className, ...props }: Props) {
  const { field, control } = splitField(props)
  return (
    <Field {...field} className={className}>
      {(tied) => (
        <select {...control} {...tied} className="control">
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options?.map((option) =>
            typeof option === 'string' ? (
              <option key={option} value={option}>
                {option}
              </option>
            ) : (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ),
          )}
          {children}
        </select>
      )}
    </Field>
  )
}
