import { useRef, useState, type FormEvent } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { checkCredentials, visibleAccounts, type Account } from '../../api/accounts.ts'
import { useBrainSettings, type BrainSettings } from '../../api/brain.ts'
import { ApiError, traceLine } from '../../api/errors.ts'
import { fetchCredentials, isOfAuthService } from '../../api/sessions.ts'
import { BrainBadge } from '../../components/brain-badge.tsx'
import { PageTitle } from '../../components/page/page-heading.tsx'
import { fieldAtFault, SignInError } from '../../components/sign-in-problem.tsx'
import { safeNext, TYPED } from '../../lib/links.ts'
import { isId, segmentOf } from '../../lib/names.ts'
import { formText } from '../../lib/text.ts'
import {
  isToken,
  type BasicCredentials,
  type Credentials,
  type TokenCredentials,
} from '../../session/credentials.ts'
import { lastSignInMethod, rememberSignInMethod, type SignInMethod } from '../../session/last-used.ts'
import { currentSession, signIn, useSession } from '../../session/session.ts'
import { BrandMark } from '../../ui/brand-mark.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/fields/checkbox.tsx'
import { Segmented } from '../../ui/fields/radio-group.tsx'
import { PasswordField, TextField } from '../../ui/fields/text-field.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'

/** The sign-in page. Redirects signed-in users to the page they came for. */
export function Component() {
  const settings = useBrainSettings()
  const { credentials } = useSession()
  const [params] = useSearchParams()
  // The user signed in with this form or in another tab.
  if (credentials !== null)
    return <Navigate replace to={safeNext(params.get('next'), location.origin) ?? '/'} state={TYPED} />
  return (
    <main className="mx-auto grid min-h-[calc(100dvh-2.5rem)] w-full max-w-md content-start gap-5 px-4 py-[8vh] max-md:pt-2">
      <PageTitle parts={['Sign in']} />
      <div className="flex items-center gap-2.5">
        <BrandMark className="size-7 text-accent" />
        <h1 className="text-xl font-bold tracking-tight">Sign in to BigV</h1>
        <BrainBadge />
      </div>
      {/* The key remounts the form when the demo’s credentials arrive, to fill them in. */}
      <SignInForm key={settings?.demo?.username} settings={settings} />
    </main>
  )
}

function SignInForm({ settings }: { settings: BrainSettings | null }) {
  const demo = settings?.demo
  const form = useRef<HTMLFormElement>(null)
  const [account, setAccount] = useState(demo?.account ?? '')
  const [method, setMethod] = useState(lastSignInMethod)
  // A token ends by itself, and BigV can revoke it. A password is stored only if the user asks for it.
  const [stays, setStays] = useState(method === 'token')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [pending, setPending] = useState(false)

  /** @param found an account that the credentials have access to, instead of the typed account */
  const send = async (found?: string) => {
    if (pending || form.current === null) return
    const data = new FormData(form.current)
    const text = (name: string) => formText(data, name)
    const typed = {
      account: found ?? text('account').trim(),
      username: text('username').trim(),
      password: text('password'),
      otp: text('otp').trim(),
    }
    setPending(true)
    setProblem(null)
    rememberSignInMethod(method)
    let checked: Credentials | null = null
    try {
      // A token is reused, because the auth service might not accept the same OTP twice.
      const token = problem && isSameUser(problem, method, typed) ? problem.token : null
      checked = token ? { ...token, account: typed.account } : await fetchCredentials(method, typed)
      const account = await checkCredentials(checked)
      // A number that the user typed may be another account's name.
      const others = found === undefined && isId(typed.account) ? await visibleAccounts(checked) : []
      const namesakes = others.filter(({ id, name }) => name === typed.account && id !== account.id)
      if (namesakes.length > 0) {
        const token = isToken(checked) ? checked : null
        setProblem({ error: null, typed, method, accounts: [account, ...namesakes], token })
        return
      }
      // The dashboard's links have the ID of an account whose name is a number.
      const named = isId(typed.account) ? segmentOf(account) : typed.account
      // Once there is a session, Component redirects the user.
      signIn({ ...checked, account: named }, stays)
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof RangeError)) throw error
      const notFound = error instanceof ApiError && error.status === 404
      const accounts = notFound && checked !== null ? await visibleAccounts(checked) : []
      const token = notFound && checked !== null && isToken(checked) ? checked : null
      setProblem({ error, typed, method, accounts, token })
      const field = fieldAtFault(error, { method, withOtp: typed.otp !== '' })
      const input = field && form.current.querySelector<HTMLInputElement>(`input[name=${field}]`)
      input?.focus()
      // What is typed now replaces what was wrong.
      input?.select()
    } finally {
      if (currentSession().credentials === null) setPending(false)
    }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void send()
  }
  const signInTo = (found: string) => {
    setAccount(found)
    void send(found)
  }

  return (
    <form
      className="grid gap-4 rounded-xl border border-line bg-surface p-4 sm:p-5"
      ref={form}
      onSubmit={submit}
    >
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
      {/* This is the last field, because a Yubikey presses Enter after the OTP. */}
      <TextField
        label="Yubikey OTP"
        name="otp"
        optional
        mono
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
      />
      {problem && <ProblemNotice problem={problem} onAccount={signInTo} />}
      <Button type="submit" variant="primary" pending={pending} className="h-10!">
        Sign in
      </Button>
      <details className="group">
        <summary className="cursor-pointer text-muted pointer-coarse:py-2.5">
          <span className="font-medium">Options</span>{' '}
          <span className="ml-1 text-xs group-open:hidden">{inWords(method, stays)}</span>
        </summary>
        <div className="mt-3 grid gap-4">
          <MethodField
            method={method}
            auth={settings?.auth}
            onChange={(chosen) => {
              setMethod(chosen)
              setStays(chosen === 'token')
            }}
          />
          <CheckboxField
            label="Stay signed in on this tab"
            hint={`Stores your ${method === 'token' ? 'session token' : 'password'} in this tab until you close it.`}
            checked={stays}
            onChange={(event) => setStays(event.currentTarget.checked)}
          />
        </div>
      </details>
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

/** The options in a few words, while they are closed. */
function inWords(method: SignInMethod, stays: boolean): string {
  const what = method === 'token' ? 'session token' : 'password'
  return stays ? `Stores your ${what} in this tab.` : `Your ${what} isn’t stored.`
}

const METHODS = [
  { value: 'basic', label: 'Password (Basic)' },
  { value: 'token', label: 'Session token' },
] as const

interface Problem {
  /** Null if the credentials are right, but the account is a number that means two accounts. */
  error: ApiError | RangeError | null
  /** The credentials that were sent. */
  typed: BasicCredentials
  method: SignInMethod
  /** After a 404: the accounts that these credentials have access to. Without an error: the two that the number means. */
  accounts: readonly Account[]
  /** After a 404 or without an error: the session token, which is good for another account. */
  token: TokenCredentials | null
}

/** True if the form still has the credentials that the problem is about, whatever the account. */
function isSameUser({ typed, method }: Problem, methodNow: SignInMethod, now: BasicCredentials): boolean {
  return (
    method === methodNow &&
    typed.username === now.username &&
    typed.password === now.password &&
    typed.otp === now.otp
  )
}

function ProblemNotice({ problem, onAccount }: { problem: Problem; onAccount: (named: string) => void }) {
  const { error, typed, method, accounts } = problem
  if (error === null) {
    return (
      <Notice
        role="alert"
        tone="warn"
        title={`${typed.account} is the ID of the account ${accounts[0]?.name}, and also the name of another`}
        actions={accounts.map((account) => (
          <Button key={account.id} size="small" onClick={() => onAccount(String(account.id))}>
            Sign in to {account.name} (ID {account.id})
          </Button>
        ))}
      >
        Which one do you want?
      </Notice>
    )
  }
  if (error instanceof RangeError) return <FormError title="Not a valid account name" text={error.message} />
  if (error.status === 404 && !isOfAuthService(error)) {
    return (
      <FormError
        title={`Account “${typed.account}” not found, or you don’t have access`}
        text="Your username and password are correct."
        details={traceLine(error.trace)}
      >
        {accounts.map((account) => (
          <Button key={account.id} size="small" onClick={() => onAccount(segmentOf(account))}>
            Sign in to {account.name}
          </Button>
        ))}
      </FormError>
    )
  }
  return <SignInError error={error} attempt={{ method, withOtp: typed.otp !== '' }} />
}
