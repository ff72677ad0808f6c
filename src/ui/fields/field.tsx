import { useId } from 'react'
import type { ReactNode } from 'react'

/** The errors to show at a field, by the attribute that it is for; undefined where there are none. */
export type ErrorsOf = (attribute: string) => readonly string[] | undefined

export type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** All are shown, and told to a screen reader as they come. */
  errors?: readonly string[] | undefined
  /** Says "optional" beside the label. */
  optional?: boolean | undefined
  /** For rows of fields under one heading: the label is read, not shown. */
  labelHidden?: boolean | undefined
}

export type ControlProps = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

type Props = FieldProps & {
  id?: string | undefined
  className?: string | undefined
  /** Draws the control with what ties it to its label, hint and errors. */
  children: (control: ControlProps) => ReactNode
}

/** Takes the field's own props out of those meant for the control. */
export function splitField<P extends FieldProps & { id?: string | undefined }>(props: P) {
  const { label, hint, errors, optional, labelHidden, ...control } = props
  return { field: { label, hint, errors, optional, labelHidden, id: props.id }, control }
}

export function Field({ label, hint, errors, optional, labelHidden, id, className = '', children }: Props) {
  const made = useId()
  const control = id ?? made
  const invalid = Boolean(errors?.length)
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={control} className={labelHidden ? 'sr-only' : 'mb-1.5 block font-semibold'}>
        {label}
        {optional && <span className="font-normal text-muted"> optional</span>}
      </label>
      {children({
        id: control,
        'aria-describedby':
          [invalid && `${control}-errors`, hint && `${control}-hint`].filter(Boolean).join(' ') || undefined,
        'aria-invalid': invalid || undefined,
      })}
      <FieldNotes id={control} hint={hint} errors={errors} />
    </div>
  )
}

/** Errors and hint below a control. The live element is there before its text, or nothing would be announced. */
export function FieldNotes({ id, hint, errors }: Pick<FieldProps, 'hint' | 'errors'> & { id: string }) {
  return (
    <>
      <div id={`${id}-errors`} aria-live="polite" className="text-xs text-danger">
        {errors?.map((error) => (
          <p key={error} className="mt-1">
            {error}
          </p>
        ))}
      </div>
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
    </>
  )
}
