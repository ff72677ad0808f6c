import type { ComponentProps } from 'react'
import { Field, type FieldProps } from './field.tsx'

type Option = { value: string; label: string; disabled?: boolean | undefined }

type Props = ComponentProps<'select'> &
  FieldProps & {
    /** An option that is only its value is a name or one of BigV's own words, so browsers don't translate it. */
    options: readonly (string | Option)[] | undefined
    /** The text of a first, empty option. */
    placeholder?: string | undefined
  }

export function SelectField({ options, placeholder, ...props }: Props) {
  return (
    <Field of={props}>
      {(control) => (
        <select {...control} className="control">
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {options?.map((option) =>
            typeof option === 'string' ? (
              <option key={option} value={option} translate="no">
                {option}
              </option>
            ) : (
              <option
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                translate={option.label === option.value ? 'no' : undefined}
              >
                {option.label}
              </option>
            ),
          )}
        </select>
      )}
    </Field>
  )
}
