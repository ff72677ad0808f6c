import { useFormContext } from 'react-hook-form'
import { RANDOM_PASSWORD_BITS } from '../../../lib/browser/random-password.ts'
import { PasswordField } from '../../../ui/fields/text-field.tsx'
import { RadioCards } from '../../../ui/fields/radio-group.tsx'
import type { CreateValues } from '../form-values.ts'
import type { ErrorsOf } from './use-field-errors.ts'

const SOURCES = [
  { value: 'generated', title: 'Generated', text: `Random, ${RANDOM_PASSWORD_BITS} bits` },
  { value: 'typed', title: 'Typed', text: 'One of your own' },
  { value: 'none', title: 'None', text: 'SSH keys only' },
]

interface Props {
  values: CreateValues
  several: boolean
  errorsOf: ErrorsOf
}

/** The root password of the new system: made up when it is sent, or typed, or none. Going from one to another loses nothing. */
export function RootPassword({ values, several, errorsOf }: Props) {
  const { register } = useFormContext<CreateValues>()
  return (
    <div className="grid gap-3">
      <RadioCards
        label="Root password"
        options={SOURCES}
        hint={HINTS[values.password_from](several)}
        errors={errorsOf('password_from')}
        {...register('password_from')}
      />
      {values.password_from === 'typed' && (
        <PasswordField
          label="Root password"
          labelHidden
          autoComplete="new-password"
          className="max-w-md"
          errors={errorsOf('root_password')}
          {...register('root_password')}
        />
      )}
    </div>
  )
}

const HINTS: Record<CreateValues['password_from'], (several: boolean) => string> = {
  generated: (several) =>
    several
      ? 'Each machine gets its own, shown once when it is created, to be copied.'
      : 'It is shown once when the machine is created, to be copied.',
  typed: (several) =>
    several
      ? 'All these machines get the same. It is kept nowhere, not over a reload either.'
      : 'It is kept nowhere, not over a reload either.',
  none: () => 'Nobody can log in with a password, at the console either.',
}
