import { traceLine, type ApiError } from '../api/errors.ts'
import { isOfAuthService, serverOf } from '../api/sessions.ts'
import type { SignInMethod } from '../session/last-used.ts'
import { FormError } from '../ui/notice.tsx'

/** How the user tried to sign in. */
export interface Attempt {
  method: SignInMethod
  withOtp: boolean
  /** True if the password wasn't typed: it had worked with an earlier OTP. */
  otpAlone?: boolean
  /** True if BigV has accepted this kind of sign-in in this session. */
  again?: boolean
}

/** Why a sign-in failed, in words. Each of `lines` is a sentence or two. */
export interface SignInProblem {
  title: string
  lines: readonly string[]
}

/** True if the auth service asks for a one-time password: the official client recognises these words, too (docs/bigv-api.md#2-authentication). */
export function asksForOtp(error: ApiError): boolean {
  return isOfAuthService(error) && error.text?.includes('Missing 2FA') === true
}

/**
 * Explains a failed sign-in. BigV answers the same 401 to any wrong credentials; only the auth service may say what is wrong, so its words
 * are quoted.
 */
export function signInProblem(error: ApiError, attempt: Attempt): SignInProblem {
  const said = error.text !== undefined && `${serverOf(error)} said: ${error.text}`
  // This happens, for example, if the one-time password has letters that no HTTP header can contain.
  if (error.sent === 'no' && error.status === 0) return problem('Nothing was sent', error.message)
  if (error.kind === 'unreachable' || error.kind === 'timeout')
    return problem(`No answer from ${isOfAuthService(error) ? 'the auth service' : 'BigV'}`, error.message)
  if (isOfAuthService(error)) {
    if (said === false || error.kind !== 'refused') return problem('Sign-in failed', error.message)
    return problem(
      asksForOtp(error) ? 'Enter a Yubikey one-time password' : 'The auth service refused your sign-in',
      said,
    )
  }
  if (error.status !== 401) return problem('Sign-in failed', error.message)
  if (attempt.method === 'token')
    return problem('BigV rejected the session token', 'The auth service accepted your sign-in.', said)
  return problem('Wrong username, password or one-time password', adviceOn(attempt), said)
}

function problem(title: string, ...lines: readonly (string | false)[]): SignInProblem {
  return { title, lines: lines.filter((line) => line !== false) }
}

function adviceOn({ withOtp, otpAlone, again }: Attempt): string {
  if (otpAlone) return 'Your password may have changed, too: enter everything again.'
  const otp = withOtp
    ? 'The one-time password may have expired: enter a new one.'
    : 'If your account needs a Yubikey one-time password, enter it below.'
  return again ? otp : `${otp} This BigV server may only accept session tokens.`
}

export function SignInError({ error, attempt }: { error: ApiError; attempt: Attempt }) {
  const { title, lines } = signInProblem(error, attempt)
  return (
    <FormError
      title={title}
      text={lines.map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
      details={traceLine(error.trace)}
    />
  )
}
