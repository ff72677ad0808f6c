import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import { ApiError } from '../../api/errors.ts'
import { renewCredentials } from '../../api/sessions.ts'
import { SignInError, type Attempt } from '../../components/sign-in-problem.tsx'
import { formText } from '../../lib/text.ts'
import { isToken, type Credentials } from '../../session/credentials.ts'
import { idleMinutes } from '../../session/idle-limit.ts'
import { cancelSignInAgain, currentSession, signIn } from '../../session/session.ts'
import { shareRenewed } from '../../session/tabs.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { PasswordField, TextField } from '../../ui/fields/text-field.tsx'

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
  const [problem, setProblem] = useState<{ error: ApiError; attempt: Attempt } | null>(null)
  const [wantsAll, setWantsAll] = useState(false)
  const otpAlone = !wantsAll && needsOtpAlone(credentials)
  const [pending, setPending] = useState(false)
  const locked = why === 'locked'
  useCover(locked)
  // Focuses the password, as its field has just replaced the focused button, or has appeared after an error.
  useEffect(() => {
    if (wantsAll) fields.current?.querySelector<HTMLElement>('input[name=password]')?.focus()
  }, [wantsAll])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const data = new FormData(event.currentTarget)
    const text = (name: string) => formText(data, name)
    const otp = text('otp').trim()
    const { account } = credentials
    const typed =
      otpAlone && !isToken(credentials)
        ? { ...credentials, otp }
        : { account, username: text('username'), password: text('password'), otp }
    setPending(true)
    setProblem(null)
    try {
      const renewed = await renewCredentials(credentials, typed)
      signIn(renewed, remembered, validSince(credentials, renewed))
      shareRenewed()
      onClose()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const method = isToken(credentials) ? 'token' : 'basic'
      setProblem({ error, attempt: { method, withOtp: otp !== '', otpAlone, again: true } })
      if (error.status === 401) setWantsAll(true)
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
      form
      aboveCover
      dismissible={!locked}
      width="small"
      // The username is already filled in. On touch, focusing a field would open the keyboard.
      initialFocus={(by) =>
        by === 'touch' ||
        (fields.current?.querySelector<HTMLElement>(`input[name=${otpAlone ? 'otp' : 'password'}]`) ?? true)
      }
      title="Sign in again"
      description={reasonOf(why, credentials, otpAlone)}
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
        {!otpAlone && (
          <>
            <TextField
              label="Username"
              name="username"
              autoComplete="username"
              required
              defaultValue={credentials.username}
            />
            <PasswordField label="Password" name="password" autoComplete="current-password" required />
          </>
        )}
        <TextField
          label="Yubikey OTP"
          name="otp"
          required={otpAlone}
          optional={!otpAlone}
          mono
          autoComplete="one-time-code"
        />
        {otpAlone && (
          <Button size="small" variant="quiet" className="w-fit" onClick={() => setWantsAll(true)}>
            Use another username or password
          </Button>
        )}
        {problem && <SignInError {...problem} />}
      </form>
    </Dialog>
  )
}

/**
 * True if these credentials have worked with a one-time password, which may have expired. A session token isn't stored with its password,
 * and a locked session has no secrets.
 */
function needsOtpAlone(credentials: Credentials): boolean {
  return !isToken(credentials) && credentials.otp !== '' && credentials.password !== ''
}

/** When the credentials were first used, ms since 1970: BigV accepts a one-time password for some time from when it was first sent. */
function validSince(before: Credentials, now: Credentials): number {
  const sameOtp =
    !isToken(before) &&
    !isToken(now) &&
    now.otp !== '' &&
    now.otp === before.otp &&
    now.username === before.username
  return sameOtp ? currentSession().since : Date.now()
}

function reasonOf(why: Why, credentials: Credentials, otpAlone: boolean): string {
  const nothingLost = 'Nothing you entered is lost.'
  if (why === 'locked') {
    return `You were signed out after ${idleMinutes()} minutes without activity. ${nothingLost} Another user who signs in won’t see it.`
  }
  if (why === 'early') {
    return otpAlone
      ? `The new one-time password for ${credentials.username} replaces the one in use. ${nothingLost}`
      : `Your new password and one-time password replace those in use. ${nothingLost}`
  }
  if (isToken(credentials)) {
    return `Your session has expired. BigV ends sessions after 5 minutes of inactivity, for example when a computer goes to sleep. ${nothingLost}`
  }
  if (credentials.otp === '') {
    return `BigV rejected your sign-in. Your password may have changed, or you may now need a one-time password. ${nothingLost}`
  }
  const wanted = otpAlone
    ? `a new one-time password for ${credentials.username}`
    : 'your password and a new one-time password'
  return `BigV rejected your sign-in. Enter ${wanted}. ${nothingLost}`
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
