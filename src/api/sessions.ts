import { isToken, type BasicCredentials, type Credentials } from '../session/credentials.ts'
import type { SignInMethod } from '../session/last-used.ts'
import { ApiError } from './errors.ts'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { anything, z } from './schema.ts'

const LIMIT_MS = 20_000
// Only characters that a header can carry (RFC 6750, "b64token"), so that a web page isn't mistaken for a token.
const tokenSchema = z.lazy(() => z.string().check(z.trim(), z.maxLength(8_192), z.regex(/^[\w.~+/-]+=*$/)))

/**
 * Returns the given credentials (HTTP Basic), or exchanges them for a session token (docs/bigv-api.md#2-authentication). Throws an ApiError
 * that names the auth service.
 */
export async function fetchCredentials(method: SignInMethod, typed: BasicCredentials): Promise<Credentials> {
  if (method === 'basic') return typed
  const { account, username, password, otp } = typed
  try {
    const { data } = await request('POST', apiPath('session'), {
      server: 'auth',
      text: true,
      limit: LIMIT_MS,
      credentials: null,
      schema: tokenSchema,
      body: { username, password, ...(otp !== '' && { yubikey: otp }) },
    })
    return { account, username, token: data }
  } catch (error) {
    throw error instanceof ApiError ? ofAuthService(error) : error
  }
}

/** Renews credentials with the same kind of sign-in as before. Throws an ApiError unless BigV accepts them. */
export async function renewCredentials(before: Credentials, typed: BasicCredentials): Promise<Credentials> {
  const credentials = await fetchCredentials(isToken(before) ? 'token' : 'basic', typed)
  await fetchAnything(credentials.account, { credentials })
  return credentials
}

/** Extends the session token by five minutes. The auth service has a GET for this, but with the token in its path, and so in logs. */
export async function keepSessionAlive(account: string): Promise<void> {
  await fetchAnything(account)
}

/** A small GET that succeeds if BigV accepts the credentials, even if their account no longer exists or has another name. */
async function fetchAnything(account: string, sender: { credentials?: Credentials } = {}): Promise<void> {
  try {
    await request('GET', apiPath('accounts', account), { schema: anything, ...sender })
  } catch (error) {
    // Only successful calls extend a token (docs/bigv-api.md#2-authentication).
    if (!(error instanceof ApiError) || error.status !== 404) throw error
    await request('GET', apiPath('accounts'), { schema: anything, ...sender })
  }
}

export function isOfAuthService({ trace }: ApiError): boolean {
  return trace.path.startsWith('/auth/')
}

/** The server that an error came from, as the beginning of a sentence. */
export function serverOf(error: ApiError): string {
  return isOfAuthService(error) ? 'The auth service' : 'BigV'
}

function ofAuthService(error: ApiError): ApiError {
  const { kind, trace, sent, text, fields } = error
  const words =
    kind === 'malformed'
      ? 'The auth service’s answer isn’t a session token.'
      : error.message.replace('BigV', 'the auth service').replace(/^the/, 'The')
  return new ApiError(words, { kind, trace, sent, text, fields }, { cause: error })
}
