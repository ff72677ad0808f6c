import { useState, useSyncExternalStore, type FormEvent } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { checkCredentials, visibleAccounts } from '../api/accounts.ts'
import { brainSettings, subscribeBrain, type BrainSettings } from '../api/brain.ts'
import { ApiError } from '../api/errors.ts'
import { BrainBadge } from '../components/shell/brain-badge.tsx'
import { PageTitle } from '../components/shell/page-title.tsx'
import { SignInProblem, type Problem } from '../components/sign-in-problem.tsx'
import { formText } from '../lib/form-text.ts'
import { safeNext } from '../lib/links.ts'
import { currentSession, signIn, type Credentials } from '../session/session.ts'
import { useSession } from '../session/use-session.ts'
import { BrandMark } from '../ui/brand-mark.tsx'
import { Button } from '../ui/button.tsx'
import { CheckboxField } from '../ui/checkbox-field.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { TextField } from '../ui/text-field.tsx'

export function Component() {
  const settings = useSyncExternalStore(subscribeBrain, brainSettings)
  const { credentials } = useSession()
  const [params] = useSearchParams()
  // Signed in meanwhile: by this form, or by another tab.
  if (credentials !== null)
    return <Navigate replace to={safeNext(params.get('next'), location.origin) ?? '/'} />
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-start gap-5 px-4 py-[8vh]">
      <PageTitle parts={['Sign in']} />
      <div className="flex items-center gap-2.5">
        <BrandMark className="size-7 text-accent" />
        <h1 className="text-xl font-bold tracking-tight">Sign in to BigV</h1>
        <BrainBadge />
      </div>
      {/* Another key once the demo's credentials are known, so that the fields take them up. */}
      <SignInForm key={settings?.demo?.username} demo={settings?.demo} />
    </main>
  )
}

function SignInForm({ demo }: { demo: BrainSettings['demo'] }) {
  const [account, setAccount] = useState(demo?.account ?? '')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [pending, setPending] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const data = new FormData(event.currentTarget)
    const text = (name: string) => formText(data, name)
    const credentials: Credentials = {
      account: text('account').trim(),
      username: text('username').trim(),
      password: text('password'),
      otp: text('otp').trim(),
    }
    setPending(true)
    setProblem(null)
    try {
      await checkCredentials(credentials)
      // The page sees the session, and goes on.
      signIn(credentials, data.has('remember'))
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof RangeError)) throw error
      const accounts =
        error instanceof ApiError && error.status === 404 ? await visibleAccounts(credentials) : []
      setProblem({ error, withOtp: credentials.otp !== '', accounts, account: credentials.account })
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
      <CheckboxField
        label="Remember in this tab"
        name="remember"
        hint="Keeps the password in this tab's storage until the tab is closed; a reload stays signed in."
      />
      {/* The last field: a Yubikey presses Enter. */}
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
          This is the demo: a simulated BigV, with its credentials filled in.
        </p>
      )}
    </form>
  )
}
