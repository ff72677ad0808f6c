import type { ComponentProps } from 'react'
import { Field, splitField } from './field.tsx'
import type { FieldProps } from './field.tsx'

type Props = ComponentProps<'textarea'> & FieldProps & { mono?: boolean | undefined }

export function TextAreaField({ mono, className, ...props }: Props) {
  const { field, control } = splitField(props)
  return (
    <Field {...field} className={className}>
      {(tied) => (
        <textarea
          rows={4}
          {...control}
          {...tied}
          className={`control resize-y ${mono ? 'font-mono text-xs' : ''}`}
        />
      )}
    </Field>
  )
}
