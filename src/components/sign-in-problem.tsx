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

/** Why a sign-in failed: what happened, a sentence about it, and more for whoever wants to know. */
export interface SignInProblem {
  title: string
  text: string
  details: readonly string[]
}

/** True if the auth service asks for a one-time password: the official client recognises these words, too (docs/bigv-api.md#2-authentication). */
export function asksForOtp(error: ApiError): boolean {
  return isOfAuthService(error) && error.text?.includes('Missing 2FA') === true
}

/** The field to correct, as the sign-in form names it. Null if none can be known. */
export function fieldAtFault(error: ApiError | RangeError, { method, withOtp }: Attempt) {
  // The account's name can't be part of a URL.
  if (error instanceof RangeError) return 'account'
  if (error.sent === 'no') return error.status === 0 && withOtp ? 'otp' : null
  if (asksForOtp(error)) return 'otp'
  if (isOfAuthService(error)) return error.kind === 'refused' ? 'password' : null
  if (error.status === 404) return 'account'
  if (error.status !== 401 || method === 'token') return null
  // BigV doesn't tell which is wrong. Most passwords come from a password manager, and a second try needs a new OTP anyway.
  return withOtp ? 'otp' : 'password'
}

/**
 * Explains a failed sign-in. BigV answers the same 401 to any wrong credentials; only the auth service may say what is wrong, so its words
 * are quoted.
 */
export function signInProblem(error: ApiError, attempt: Attempt): SignInProblem {
  const said = error.text === undefined ? [] : [`${serverOf(error)} said: ${error.text}`]
  const problem = (title: string, text: string, details: readonly string[] = []) => ({ title, text, details })
  // This happens, for example, if the one-time password has letters that no HTTP header can contain.
  if (error.sent === 'no' && error.status === 0) return problem('Nothing was sent', error.message)
  if (error.kind === 'unreachable' || error.kind === 'timeout')
    return problem(`No answer from ${isOfAuthService(error) ? 'the auth service' : 'BigV'}`, error.message)
  if (isOfAuthService(error)) {
    const [text] = said
    if (text === undefined || error.kind !== 'refused') return problem('Sign-in failed', error.message)
    return problem(
      asksForOtp(error) ? 'Enter a Yubikey one-time password' : 'The auth service refused your sign-in',
      text,
    )
  }
  if (error.status !== 401) return problem('Sign-in failed', error.message)
  if (attempt.method === 'token')
    return problem('BigV rejected the session token', 'The auth service accepted your sign-in.', said)
  return problem('Wrong username, password or one-time password', adviceOn(attempt), [
    ...said,
    ...(attempt.again ? [] : ['This BigV server may only accept session tokens: see Options.']),
  ])
}

function adviceOn({ withOtp, otpAlone }: Attempt): string {
  if (otpAlone) return 'Your password may have changed, too: enter everything again.'
  return withOtp
    ? 'The one-time password may have expired: enter a new one.'
    : 'If your account needs a one-time password, enter it, too.'
}

export function SignInError({ error, attempt }: { error: ApiError; attempt: Attempt }) {
  const { title, text, details } = signInProblem(error, attempt)
  return (
    <FormError
      title={title}
      text={<span className="block">{text}</span>}
      details={[...details, traceLine(error.trace)].join('\n')}
    />
  )
}
