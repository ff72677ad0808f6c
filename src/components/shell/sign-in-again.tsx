import { useId, useState, type FormEvent } from 'react'
import { checkCredentials } from '../../api/accounts.ts'
import { ApiError, traceLine } from '../../api/errors.ts'
import { formText } from '../../lib/form-text.ts'
import { cancelSignInAgain, signIn, type Credentials } from '../../session/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { TextField } from '../../ui/text-field.tsx'

interface Props {
  credentials: Credentials
  remembered: boolean
  onClose: () => void
}

/** Over the page, when BigV no longer takes the credentials: what was typed below stays. */
export function SignInAgain({ credentials, remembered, onClose }: Props) {
  const form = useId()
  const [problem, setProblem] = useState<ApiError | null>(null)
  const [pending, setPending] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (name: string) => formText(data, name)
    const tried: Credentials = {
      account: credentials.account,
      username: text('username'),
      password: text('password'),
      otp: text('otp').trim(),
    }
    setPending(true)
    setProblem(null)
    try {
      await checkCredentials(tried)
      signIn(tried, remembered)
      onClose()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setProblem(error)
    } finally {
      setPending(false)
    }
  }

  return (
    <Dialog
      open
      alert
      width="small"
      title="Sign in again"
      description="BigV no longer takes your credentials: a one-time password may be over its time, or the password was changed. Nothing that you typed is lost."
      onOpenChange={(open) => {
        if (open) return
        cancelSignInAgain()
        onClose()
      }}
      footer={
        <>
          <Button
            onClick={() => {
              cancelSignInAgain()
              onClose()
            }}
          >
            Not now
          </Button>
          <Button variant="primary" type="submit" form={form} pending={pending}>
            Sign in
          </Button>
        </>
      }
    >
      <form id={form} className="grid gap-3.5" onSubmit={(event) => void submit(event)}>
        {problem && (
          <FormError
            title={problem.status === 401 ? 'BigV does not take these either' : 'Signing in failed'}
            text={problem.message}
            details={traceLine(problem.trace)}
          />
        )}
        <TextField
          label="Username"
          name="username"
          autoComplete="username"
          required
          defaultValue={credentials.username}
        />
        <PasswordField label="Password" name="password" autoComplete="current-password" required />
        <TextField label="Yubikey OTP" name="otp" optional mono autoComplete="one-time-code" />
      </form>
    </Dialog>
  )
}
