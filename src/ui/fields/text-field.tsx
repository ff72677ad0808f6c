import { Eye, EyeOff } from 'lucide-react'
import { useState, type ComponentProps, type ReactNode } from 'react'
import { IconButton } from '../button.tsx'
import { Field, joinIds, splitField, type FieldProps } from './field.tsx'

type TextProps = ComponentProps<'input'> &
  FieldProps & {
    /** In monospace, and neither completed nor corrected: names, addresses, keys. */
    mono?: boolean | undefined
    /** Stands behind the input: a unit, a button. */
    after?: ReactNode
  }

const VERBATIM = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const

export function TextField({ mono, after, className, ...props }: TextProps) {
  const { field, control } = splitField(props)
  return (
    <Field {...field} className={className}>
      {(tied) => (
        <div className="flex items-center gap-2">
          <input
            type="text"
            {...(mono && VERBATIM)}
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

type TextAreaProps = ComponentProps<'textarea'> & FieldProps & { mono?: boolean | undefined }

export function TextAreaField({ mono, className, ...props }: TextAreaProps) {
  const { field, control } = splitField(props)
  return (
    <Field {...field} className={className}>
      {(tied) => (
        <textarea
          rows={4}
          {...(mono && VERBATIM)}
          {...control}
          {...tied}
          className={`control resize-y ${mono ? 'font-mono text-xs' : ''}`}
        />
      )}
    </Field>
  )
}

type NumberProps = Omit<ComponentProps<'input'>, 'type'> & FieldProps & { unit?: string | undefined }

/** A number, as text with a number pad: type=number drops what it cannot parse, and changes under the mouse wheel. */
export function NumberField({ unit, className, ...props }: NumberProps) {
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
            aria-describedby={joinIds(unit && `${tied.id}-unit`, tied['aria-describedby'])}
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

type PasswordProps = Omit<TextProps, 'type' | 'mono'>

export function PasswordField({ after, ...props }: PasswordProps) {
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <TextField
      autoComplete="current-password"
      autoCapitalize="off"
      spellCheck={false}
      {...props}
      mono={shown}
      type={shown ? 'text' : 'password'}
      after={
        <>
          <IconButton
            label={shown ? 'Hide password' : 'Show password'}
            icon={Icon}
            variant="normal"
            onClick={() => setShown(!shown)}
          />
          {after}
        </>
      }
    />
  )
}
