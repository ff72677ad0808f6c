import { useFormContext } from 'react-hook-form'
import { GeneratedPassword } from '../../components/generated-password.tsx'
import { RANDOM_PASSWORD_BITS, randomPassword } from '../../lib/random-password.ts'
import { Card } from '../../ui/card.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import type { CreateValues } from './form-values.ts'
import type { ErrorsOf } from './use-field-errors.ts'

const SOURCES = [
  { value: 'generated', title: 'Generated', text: `Random, ${RANDOM_PASSWORD_BITS} bits` },
  { value: 'typed', title: 'Typed', text: 'One of your own' },
]

/** The root password of the new system: made up here, or typed. Going from one to the other loses neither. */
export function RootPassword({ values, errorsOf }: { values: CreateValues; errorsOf: ErrorsOf }) {
  const { register, setValue } = useFormContext<CreateValues>()
  return (
    <Card padded>
      <div className="grid gap-3">
        <RadioCards
          label="Root password"
          cards="wide"
          options={SOURCES}
          errors={errorsOf('password_from')}
          {...register('password_from')}
        />
        {values.password_from === 'generated' ? (
          <GeneratedPassword
            password={values.generated_password}
            note="Copy it now: it is shown nowhere once the machine is made."
            onAnother={() => setValue('generated_password', randomPassword(), { shouldDirty: true })}
          />
        ) : (
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
    </Card>
  )
}
