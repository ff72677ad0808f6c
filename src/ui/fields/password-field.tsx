import { useState } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { Eye, EyeOff } from 'lucide-react'
import type { FieldProps } from './field.tsx'
import { IconButton } from '../icon-button.tsx'
import { TextField } from './text-field.tsx'

type Props = Omit<ComponentProps<'input'>, 'type'> & FieldProps & { after?: ReactNode }

export function PasswordField({ after, ...props }: Props) {
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
            variant="normal"
            onClick={() => setShown(!shown)}
          >
            <Icon size={16} aria-hidden />
          </IconButton>
          {after}
        </>
      }
    />
  )
}
