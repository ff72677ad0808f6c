import { useId, type ComponentProps, type ReactNode } from 'react'

/** Returns the errors to show at an attribute's field, if any. */
export type ErrorsOf = (attribute: string) => readonly string[] | undefined

/** A form that stays on the page, and skips the browser's validation because our code validates. */
export function Form({ onSubmit, ...props }: ComponentProps<'form'> & { onSubmit: () => void }) {
  return (
    <form
      noValidate
      {...props}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    />
  )
}

type KeysOf<T, Value> = { [K in keyof T]: T[K] extends Value ? K : never }[keyof T]

/** The props of form fields, from the form's values and the function that changes them. */
export function fieldsOf<T extends object>(values: T, change: (change: Partial<T>) => void) {
  const set = (name: keyof T, value: string | boolean) => change({ [name]: value } as Partial<T>)
  return {
    /** For a text field, a select or radio cards. */
    text: (name: KeysOf<T, string>) => ({
      value: values[name] as string,
      onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
    }),
    /** For a switch or a checkbox. */
    checked: (name: KeysOf<T, boolean>) => ({
      checked: values[name] as boolean,
      onChange: (event: { currentTarget: { checked: boolean } }) => set(name, event.currentTarget.checked),
    }),
  }
}

export type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** All errors are shown, and announced when they appear. */
  errors?: readonly string[] | undefined
  /** Shown and announced like an error, but the input is valid. */
  warning?: string | undefined
  /** Adds "optional" to the label. */
  optional?: boolean | undefined
  /** Shows the label only to screen readers, for rows of fields under one heading. */
  labelHidden?: boolean | undefined
}

type Notes = Pick<FieldProps, 'hint' | 'errors' | 'warning'>
/** The props of a field with its label after the control. */
export type RowProps = Pick<FieldProps, 'label' | 'hint' | 'errors'>

type ControlProps = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

type Named = { id?: string | undefined; className?: string | undefined }

type Props<P, Own> = {
  /** The props of the field and of its control. */
  of: P
  /** Renders the control from its own props and those that link it to its label, hint and errors. */
  children: (control: Omit<P, keyof Own | 'className'> & ControlProps) => ReactNode
}

/** A control under its label, with its errors and its hint below. */
export function Field<P extends FieldProps & Named>({ of, children }: Props<P, FieldProps>) {
  const { label, hint, errors, warning, optional, labelHidden, className = '', ...control } = of
  const generatedId = useId()
  const id = of.id ?? generatedId
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'mb-1.5 block font-semibold'}>
        {label}
        {optional && <span className="font-normal text-muted"> optional</span>}
      </label>
      {children({ ...control, ...controlProps(id, { hint, errors, warning }) })}
      <FieldNotes id={id} hint={hint} errors={errors} warning={warning} />
    </div>
  )
}

/** A control before its label. */
export function FieldRow<P extends RowProps & Named>({ of, children }: Props<P, RowProps>) {
  const { label, hint, errors, className = '', ...control } = of
  const generatedId = useId()
  const id = of.id ?? generatedId
  return (
    <div className={`flex items-start gap-2.5 ${className}`}>
      {children({ ...control, ...controlProps(id, { hint, errors }) })}
      <div className="min-w-0">
        <label htmlFor={id} className="block w-fit cursor-pointer font-medium">
          {label}
        </label>
        <FieldNotes id={id} hint={hint} errors={errors} />
      </div>
    </div>
  )
}

/** Errors, warning and hint below a control. The live region must be on the page before its text, or screen readers would announce nothing. */
export function FieldNotes({ id, hint, errors, warning }: Notes & { id: string }) {
  return (
    <>
      <div id={`${id}-errors`} aria-live="polite" className="text-xs text-danger">
        {errors?.map((error) => (
          <p key={error} className="mt-1">
            {error}
          </p>
        ))}
        {warning && <p className="mt-1 text-warn">{warning}</p>}
      </div>
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
    </>
  )
}

function controlProps(id: string, notes: Notes): ControlProps {
  return {
    id,
    'aria-describedby': describedBy(id, notes),
    'aria-invalid': Boolean(notes.errors?.length) || undefined,
  }
}

/** The ids of the control's errors, warning and hint, for aria-describedby. */
export function describedBy(id: string, { hint, errors, warning }: Notes): string | undefined {
  return joinIds(Boolean(errors?.length || warning) && `${id}-errors`, Boolean(hint) && `${id}-hint`)
}

export function joinIds(...ids: readonly (string | false | undefined)[]): string | undefined {
  return ids.filter(Boolean).join(' ') || undefined
}
