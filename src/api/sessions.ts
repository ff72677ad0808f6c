import { isToken, type BasicCredentials, type Credentials } from '../session/credentials.ts'
import type { SignInWay } from '../session/last-used.ts'
import { checkCredentials } from './accounts.ts'
import { ApiError } from './errors.ts'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { anything, z } from './schema.ts'

const LIMIT_MS = 20_000
// What a header can carry (RFC 6750, "b64token"); a web page in its place is none.
const tokenSchema = z.string().check(z.trim(), z.maxLength(8_192), z.regex(/^[\w.~+/-]+=*$/))

/**
 * Takes what was typed to sign in and returns what requests will carry: that itself for HTTP Basic, else a session token, good for
 * five minutes from its last use (API reference, "Auth service"). Throws an ApiError that names the auth service.
 */
export async function credentialsBy(way: SignInWay, typed: BasicCredentials): Promise<Credentials> {
  if (way === 'basic') return typed
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
    throw error instanceof ApiError ? inItsName(error) : error
  }
}

/** Signs in again as the way was before: returns credentials that BigV has taken. Throws an ApiError. */
export async function renewedCredentials(before: Credentials, typed: BasicCredentials): Promise<Credentials> {
  const credentials = await credentialsBy(isToken(before) ? 'token' : 'basic', typed)
  await checkCredentials(credentials)
  return credentials
}

/**
 * A small reading that gives the session token of now five more minutes: the token goes in its header, never in a path, which
 * logs would keep. Throws an ApiError.
 */
export async function keepSessionAlive(account: string): Promise<void> {
  try {
    await request('GET', apiPath('accounts', account), { schema: anything })
  } catch (error) {
    // Only what succeeds counts (API reference, "Auth service"), and this account may be gone.
    if (!(error instanceof ApiError) || error.status !== 404) throw error
    await request('GET', apiPath('accounts'), { schema: anything })
  }
}

/** Whether it was the auth service that answered so. */
export function isOfAuthService({ trace }: ApiError): boolean {
  return trace.path.startsWith('/auth/')
}

function inItsName(error: ApiError): ApiError {
  const { kind, trace, sent, text, fields } = error
  const words =
    kind === 'rubbish'
      ? 'The auth service’s answer is no session token.'
      : error.message.replace('BigV', 'the auth service').replace(/^the/, 'The')
  return new ApiError(words, { kind, trace, sent, text, fields }, { cause: error })
}
