import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useState, type ComponentProps, type ReactNode } from 'react'
import { IconButton } from '../button.tsx'
import { Field, joinIds, type FieldProps } from './field.tsx'

type TextProps = ComponentProps<'input'> &
  FieldProps & {
    /** Monospace, without completion or correction: for names, addresses, keys. */
    mono?: boolean | undefined
    /** Shown after the input: a unit, a button. */
    after?: ReactNode
  }

const VERBATIM = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const

export function TextField({ mono, after, ...props }: TextProps) {
  return (
    <Field of={props}>
      {(control) => (
        <div className="flex items-center gap-2">
          <input
            type="text"
            {...(mono && VERBATIM)}
            {...control}
            className={`control ${mono ? 'font-mono text-xs' : ''}`}
          />
          {after}
        </div>
      )}
    </Field>
  )
}

/** A monospace text area, for keys, scripts or JSON. */
export function TextAreaField(props: ComponentProps<'textarea'> & FieldProps) {
  return (
    <Field of={props}>
      {(control) => <textarea {...VERBATIM} {...control} className="control resize-y font-mono text-xs" />}
    </Field>
  )
}

type NumberProps = Omit<ComponentProps<'input'>, 'type'> & FieldProps & { unit?: string | undefined }

/** A text input with a number pad: type=number drops input that it can't parse, and changes with the mouse wheel. */
export function NumberField({ unit, ...props }: NumberProps) {
  return (
    <Field of={props}>
      {(control) => (
        <div className="relative">
          <input
            type="text"
            inputMode="numeric"
            autoComplete="off"
            {...control}
            aria-describedby={joinIds(unit && `${control.id}-unit`, control['aria-describedby'])}
            className={`control text-right ${unit ? 'pr-12' : ''}`}
          />
          {unit && (
            <span
              id={`${control.id}-unit`}
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

export function PasswordField(props: Omit<TextProps, 'type' | 'mono' | 'after'>) {
  const [shown, setShown] = useState(false)
  return (
    <TextField
      autoComplete="current-password"
      autoCapitalize="off"
      spellCheck={false}
      {...props}
      mono={shown}
      type={shown ? 'text' : 'password'}
      after={
        <IconButton
          label={shown ? 'Hide password' : 'Show password'}
          icon={shown ? EyeOff : Eye}
          variant="normal"
          onClick={() => setShown(!shown)}
        />
      }
    />
  )
}
