import type { ComponentProps } from 'react'
import { Field, splitField } from './field.tsx'
import type { FieldProps } from './field.tsx'

type Props = Omit<ComponentProps<'input'>, 'type'> & FieldProps & { unit?: string | undefined }

/** Text with a number pad: type=number loses what it cannot read and changes under the wheel. */
export function NumberField({ unit, className, ...props }: Props) {
  const { field, control } = splitField(props)
  return (
    <Field {...field} className={className}>
      {(tied) => (
        <div className="relative">
          <input
            type="text"
            inputMode="numeric"
            autoComplete="off"
            {...control}
            {...tied}
            aria-describedby={
              [unit && `${tied.id}-unit`, tied['aria-describedby']].filter(Boolean).join(' ') || undefined
            }
            className={`control text-right ${unit ? 'pr-12' : ''}`}
          />
          {unit && (
            <span
              id={`${tied.id}-unit`}
              className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-xs text-muted"
            >
              {unit}
            </span>
          )}
        </div>
      )}
    </Field>
  )
}
