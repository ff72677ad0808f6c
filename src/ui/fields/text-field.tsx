import type { ComponentProps, ReactNode } from 'react'
import { Field, splitField } from './field.tsx'
import type { FieldProps } from './field.tsx'

type Props = ComponentProps<'input'> &
  FieldProps & {
    /** In monospace: names, addresses, keys. */
    mono?: boolean | undefined
    /** Stands behind the input: a unit, a button. */
    after?: ReactNode
  }

export function TextField({ mono, after, className, ...props }: Props) {
  const { field, control } = splitField(props)
  return (
    <Field {...field} className={className}>
      {(tied) => (
        <div className="flex items-center gap-2">
          <input
            type="text"
            {...control}
            {...tied}
            className={`control ${mono ? 'font-mono text-xs' : ''}`}
          />
          {after}
        </div>
      )}
    </Field>
  )
}
