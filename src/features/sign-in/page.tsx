import { useState, type FormEvent } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { checkCredentials, visibleAccounts } from '../../api/accounts.ts'
import { useBrainSettings, type BrainSettings } from '../../api/brain.ts'
import { ApiError, traceLine } from '../../api/errors.ts'
import { fetchCredentials, isOfAuthService, serverOf } from '../../api/sessions.ts'
import { BrainBadge } from '../../components/brain-badge.tsx'
import { PageTitle } from '../../components/page/page-heading.tsx'
import { safeNext, TYPED } from '../../lib/links.ts'
import { formText } from '../../lib/text.ts'
import type { Credentials } from '../../session/credentials.ts'
import { lastSignInMethod, rememberSignInMethod, type SignInMethod } from '../../session/last-used.ts'
import { currentSession, signIn, useSession } from '../../session/session.ts'
import { BrandMark } from '../../ui/brand-mark.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/fields/checkbox.tsx'
import { Segmented } from '../../ui/fields/radio-group.tsx'
import { PasswordField, TextField } from '../../ui/fields/text-field.tsx'
import { FormError } from '../../ui/notice.tsx'

/** The sign-in page. Redirects signed-in users to the page they came for. */
export function Component() {
  const settings = useBrainSettings()
  const { credentials } = useSession()
  const [params] = useSearchParams()
  // The user signed in with this form or in another tab.
  if (credentials !== null)
    return <Navigate replace to={safeNext(params.get('next'), location.origin) ?? '/'} state={TYPED} />
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-start gap-5 px-4 py-[8vh]">
      <PageTitle parts={['Sign in']} />
      <div className="flex items-center gap-2.5">
        <BrandMark className="size-7 text-accent" />
        <h1 className="text-xl font-bold tracking-tight">Sign in to BigV</h1>
        <BrainBadge />
      </div>
      {/* Remounted when the demo's credentials arrive, to fill them in. */}
      <SignInForm key={settings?.demo?.username} settings={settings} />
    </main>
  )
}

function SignInForm({ settings }: { settings: BrainSettings | null }) {
  const demo = settings?.demo
  const [account, setAccount] = useState(demo?.account ?? '')
  const [method, setMethod] = useState(lastSignInMethod)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [pending, setPending] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const data = new FormData(event.currentTarget)
    const text = (name: string) => formText(data, name)
    const typed = {
      account: text('account').trim(),
      username: text('username').trim(),
      password: text('password'),
      otp: text('otp').trim(),
    }
    setPending(true)
    setProblem(null)
    rememberSignInMethod(method)
    const withOtp = typed.otp !== ''
    let checked: Credentials | null = null
    try {
      checked = await fetchCredentials(method, typed)
      await checkCredentials(checked)
      // Component redirects once there is a session.
      signIn(checked, data.has('remember'))
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof RangeError)) throw error
      const notFound = error instanceof ApiError && error.status === 404
      const accounts = notFound && checked !== null ? await visibleAccounts(checked) : []
      setProblem({ error, withOtp, method, accounts, account: typed.account })
    } finally {
      if (currentSession().credentials === null) setPending(false)
    }
  }

  return (
    <form
      className="grid gap-4 rounded-xl border border-line bg-surface p-4 sm:p-5"
      onSubmit={(event) => void submit(event)}
    >
      {problem && <SignInProblem problem={problem} onAccount={setAccount} />}
      <TextField
        label="Account"
        name="account"
        required
        autoComplete="organization"
        autoCapitalize="none"
        spellCheck={false}
        value={account}
        onChange={(event) => setAccount(event.currentTarget.value)}
      />
      <TextField
        label="Username"
        name="username"
        required
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={demo?.username}
      />
      <PasswordField
        label="Password"
        name="password"
        required
        autoComplete="current-password"
        defaultValue={demo?.password}
      />
      <MethodField method={method} auth={settings?.auth} onChange={setMethod} />
      <CheckboxField
        label="Stay signed in on this tab"
        name="remember"
        hint={`Stores your ${method === 'token' ? 'session token' : 'password'} in this tab until you close it. A reload keeps you signed in.`}
      />
      {/* The last field, because a Yubikey presses Enter after the OTP. */}
      <TextField
        label="Yubikey OTP"
        name="otp"
        optional
        mono
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Button type="submit" variant="primary" pending={pending} className="h-10!">
        Sign in
      </Button>
      {demo && (
        <p className="text-xs text-muted">
          This is a demo with a simulated BigV. Its credentials are already filled in.
        </p>
      )}
    </form>
  )
}

interface MethodProps {
  method: SignInMethod
  /** The host of the auth service, if known. */
  auth: string | undefined
  onChange: (method: SignInMethod) => void
}

function MethodField({ method, auth, onChange }: MethodProps) {
  const where = auth === undefined ? 'the auth service' : `the auth service at ${auth}`
  return (
    <div>
      <Segmented label="Sign in with" options={METHODS} value={method} onChange={onChange} />
      <p className="mt-1.5 text-xs text-muted wrap-anywhere">
        {method === 'token'
          ? `Sends your password once to ${where}, and doesn’t store it. BigV gets a session token instead.`
          : 'Sends your password to BigV with every request, and keeps it in memory until you sign out.'}
      </p>
    </div>
  )
}

const METHODS = [
  { value: 'basic', label: 'Password (Basic)' },
  { value: 'token', label: 'Session token' },
] as const

interface Problem {
  error: ApiError | RangeError
  withOtp: boolean
  method: SignInMethod
  account: string
  /** After a 404: the accounts that these credentials have access to. */
  accounts: readonly string[]
}

function SignInProblem({ problem, onAccount }: { problem: Problem; onAccount: (name: string) => void }) {
  const { error, accounts } = problem
  return (
    <FormError
      title={titleOf(problem)}
      text={<Text problem={problem} />}
      details={error instanceof ApiError ? traceLine(error.trace) : undefined}
    >
      {accounts.map((name) => (
        <Button key={name} size="small" onClick={() => onAccount(name)}>
          Use {name}
        </Button>
      ))}
    </FormError>
  )
}

function titleOf({ error, account }: Problem): string {
  if (error instanceof RangeError) return 'Not a valid account name'
  if (error.status === 401) return 'Wrong username, password or one-time password'
  const byAuthService = isOfAuthService(error)
  if (error.status === 404 && !byAuthService) {
    return `Account “${account}” not found, or you don’t have access`
  }
  return error.kind === 'unreachable' || error.kind === 'timeout'
    ? `No answer from ${byAuthService ? 'the auth service' : 'BigV'}`
    : 'Sign-in failed'
}

function Text({ problem: { error, withOtp, method, accounts } }: { problem: Problem }) {
  if (error instanceof RangeError) return <>{error.message}</>
  const server = serverOf(error)
  const own =
    error.text === undefined ? null : (
      <span className="mt-1 block">
        {server} said: {error.text}
      </span>
    )
  if (error.status === 401) {
    return (
      <>
        {withOtp
          ? 'The one-time password may have expired: enter a new one.'
          : 'If your account needs a Yubikey one-time password, enter it below.'}
        {method === 'basic' && ' This BigV server may only accept session tokens.'}
        {own}
      </>
    )
  }
  if (error.status === 404 && !isOfAuthService(error)) {
    return (
      <>
        Your username and password are correct.
        {accounts.length > 0 && ' You have access to:'}
      </>
    )
  }
  return <>{error.message}</>
}
