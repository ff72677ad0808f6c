import { RefreshCw } from 'lucide-react'
import { useFormContext } from 'react-hook-form'
import { RANDOM_PASSWORD_BITS, randomPassword } from '../../lib/random-password.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
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
          <div className="flex flex-wrap items-center gap-2">
            <CodeBlock
              code={values.generated_password}
              copyLabel="Copy root password"
              className="w-fit rounded-lg border border-line"
            />
            <Button onClick={() => setValue('generated_password', randomPassword(), { shouldDirty: true })}>
              <RefreshCw size={14} aria-hidden />
              Another
            </Button>
            <p className="basis-full text-xs text-muted">
              Copy it now: it is shown nowhere once the machine is made.
            </p>
          </div>
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
