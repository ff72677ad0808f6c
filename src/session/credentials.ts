import { z } from '../lib/schema.ts'

// The user, and the account that they entered when signing in.
const identity = { account: z.string(), username: z.string() }

// A session token from the auth service. The password isn't stored.
const tokenSchema = z.object({ ...identity, token: z.string() })

// HTTP Basic. The one-time password (empty for none) is sent with every request until BigV rejects it.
const basicSchema = z.object({ ...identity, password: z.string(), otp: z.string() })

/** Credentials from storage or another tab. */
export const credentialsSchema = z.union([tokenSchema, basicSchema])

export type BasicCredentials = z.infer<typeof basicSchema>
export type TokenCredentials = z.infer<typeof tokenSchema>

/** The credentials sent with every request to BigV, of either kind (docs/bigv-api.md#2-authentication). */
export type Credentials = BasicCredentials | TokenCredentials

export function isToken(credentials: Credentials): credentials is TokenCredentials {
  return 'token' in credentials
}

/** The credentials with their secrets blanked: the user and the kind of sign-in remain. */
export function withoutSecrets(credentials: Credentials): Credentials {
  return isToken(credentials) ? { ...credentials, token: '' } : { ...credentials, password: '', otp: '' }
}

/** The headers for a session token (Bearer), or for HTTP Basic with the OTP. None for credentials without secrets. */
export function authHeaders(credentials: Credentials | null): Record<string, string> {
  if (credentials === null) return {}
  if (isToken(credentials)) {
    return credentials.token === '' ? {} : { Authorization: `Bearer ${credentials.token}` }
  }
  const { username, password, otp } = credentials
  if (password === '') return {}
  const basic = `Basic ${base64Utf8(`${username}:${password}`)}`
  return otp === '' ? { Authorization: basic } : { Authorization: basic, 'X-Yubikey-Otp': otp }
}

/** btoa alone throws on characters beyond Latin-1. */
function base64Utf8(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}
