import { ApiError, traceLine } from '../../api/errors.ts'
import { isOfAuthService } from '../../api/sessions.ts'
import type { SignInWay } from '../../session/last-used.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/fields/form-error.tsx'

/** Why signing in failed, and what could help. */
export interface Problem {
  error: ApiError | RangeError
  withOtp: boolean
  way: SignInWay
  account: string
  /** After a 404: the accounts that these credentials may see. */
  accounts: readonly string[]
}

export function SignInProblem({
  problem,
  onAccount,
}: {
  problem: Problem
  onAccount: (name: string) => void
}) {
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
  if (error instanceof RangeError) return 'That cannot be an account'
  const server = isOfAuthService(error) ? 'The auth service' : 'BigV'
  if (error.status === 401) return `${server} does not take these credentials`
  if (error.status === 404 && !isOfAuthService(error)) return `No account “${account}”`
  return error.kind === 'unreachable' || error.kind === 'timeout'
    ? `${server} cannot be reached`
    : 'Signing in failed'
}

function Text({ problem: { error, withOtp, way, accounts } }: { problem: Problem }) {
  if (error instanceof RangeError) return error.message
  const server = isOfAuthService(error) ? 'The auth service' : 'BigV'
  const own =
    error.text === undefined ? null : (
      <span className="mt-1 block">
        {server} said: {error.text}
      </span>
    )
  if (error.status === 401) {
    return (
      <>
        The username or the password is wrong, or the one-time password is wrong or over its time.
        {!withOtp && ' This account may want a Yubikey OTP.'}
        {way === 'basic' && ' Or this BigV takes session tokens only.'}
        {own}
      </>
    )
  }
  if (error.status === 404 && !isOfAuthService(error)) {
    return (
      <>
        The username and password are good, but there is no such account, or it is not yours to see.
        {accounts.length > 0 && ' Yours to see:'}
      </>
    )
  }
  return error.message
}
