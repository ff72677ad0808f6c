import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import { ApiError, traceLine } from '../../api/errors.ts'
import { renewCredentials } from '../../api/sessions.ts'
import { formText } from '../../lib/text.ts'
import { isToken, type Credentials } from '../../session/credentials.ts'
import { idleMinutes } from '../../session/idle-limit.ts'
import { cancelSignInAgain, signIn } from '../../session/session.ts'
import { shareRenewed } from '../../session/tabs.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { PasswordField, TextField } from '../../ui/fields/text-field.tsx'
import { FormError } from '../../ui/notice.tsx'

/** `expired`: BigV rejected the credentials. `locked`: the user was idle. `early`: the user renews them before they expire. */
type Why = 'expired' | 'locked' | 'early'

interface Props {
  why: Why
  credentials: Credentials
  remembered: boolean
  /** Called when the user has signed in or has declined to. */
  onClose: () => void
  onSignOut: () => void
}

/** A dialog over the page to sign in again. The page keeps its input. */
export function SignInAgain({ why, credentials, remembered, onClose, onSignOut }: Props) {
  const form = useId()
  const fields = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState<ApiError | null>(null)
  const [pending, setPending] = useState(false)
  const locked = why === 'locked'
  useCover(locked)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const data = new FormData(event.currentTarget)
    const text = (name: string) => formText(data, name)
    setPending(true)
    setProblem(null)
    try {
      const renewed = await renewCredentials(credentials, {
        account: credentials.account,
        username: text('username'),
        password: text('password'),
        otp: text('otp').trim(),
      })
      signIn(renewed, remembered)
      shareRenewed()
      onClose()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setProblem(error)
    } finally {
      setPending(false)
    }
  }
  const notNow = () => {
    if (why === 'expired') cancelSignInAgain()
    onClose()
  }

  return (
    <Dialog
      alert
      aboveCover
      dismissible={!locked}
      width="small"
      // The username is already filled in. On touch, focusing a field would open the keyboard.
      initialFocus={(by) =>
        by === 'touch' || (fields.current?.querySelector<HTMLElement>('input[name=password]') ?? true)
      }
      title="Sign in again"
      description={reasonOf(why, credentials)}
      onClose={notNow}
      footer={
        <>
          <Button onClick={locked ? onSignOut : notNow}>{locked ? 'Sign out' : 'Not now'}</Button>
          <Button variant="primary" type="submit" form={form} pending={pending}>
            Sign in
          </Button>
        </>
      }
    >
      <form ref={fields} id={form} className="grid gap-3.5" onSubmit={(event) => void submit(event)}>
        {problem && (
          <FormError
            title={
              problem.status === 401 ? 'Wrong username, password or one-time password' : 'Sign-in failed'
            }
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

function reasonOf(why: Why, credentials: Credentials): string {
  const nothingLost = 'Nothing you entered is lost.'
  if (why === 'locked') {
    return `You were signed out after ${idleMinutes()} minutes without activity. ${nothingLost} Another user who signs in won’t see it.`
  }
  if (why === 'early') {
    return `Your new one-time password, or your changed password, replaces the one in use. ${nothingLost}`
  }
  if (isToken(credentials)) {
    return `Your session has expired. BigV ends sessions after 5 minutes of inactivity, for example when a computer goes to sleep. ${nothingLost}`
  }
  return credentials.otp === ''
    ? `BigV rejected your sign-in. Your password may have changed, or you may now need a one-time password. ${nothingLost}`
    : `BigV rejected your sign-in. Enter your password and a new one-time password. ${nothingLost}`
}

/** Hides the page behind the dialog, so that an unattended screen shows no data. */
function useCover(covered: boolean): void {
  useEffect(() => {
    if (!covered) return
    const { dataset } = document.documentElement
    dataset['covered'] = ''
    return () => {
      delete dataset['covered']
    }
  }, [covered])
}
