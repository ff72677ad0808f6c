import { useId } from 'react'
import type { ReactNode } from 'react'
import { FieldNotes } from './field.tsx'
import type { ControlProps, FieldProps } from './field.tsx'

type Props = Pick<FieldProps, 'label' | 'hint' | 'errors'> & {
  id?: string | undefined
  className?: string | undefined
  children: (control: ControlProps) => ReactNode
}

/** A field whose control stands before its label. */
export function FieldRow({ label, hint, errors, id, className = '', children }: Props) {
  const made = useId()
  const control = id ?? made
  const invalid = Boolean(errors?.length)
  return (
    <div className={`flex items-start gap-2.5 ${className}`}>
      {children({
        id: control,
        'aria-describedby':
          [invalid && `${control}-errors`, hint && `${control}-hint`].filter(Boolean).join(' ') || undefined,
        'aria-invalid': invalid || undefined,
      })}
      <div className="min-w-0">
        <label htmlFor={control} className="block w-fit cursor-pointer font-medium">
          {label}
        </label>
        <FieldNotes id={control} hint={hint} errors={errors} />
      </div>
    </div>
  )
}
