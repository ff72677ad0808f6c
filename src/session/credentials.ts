import { z } from '../lib/schema.ts'

// Who is signed in, and the account that they named at signing in.
const identity = { account: z.string(), username: z.string() }

// A session token of the auth service; the password is not kept.
const tokenSchema = z.object({ ...identity, token: z.string() })

// HTTP Basic. The one-time password, empty for none, is sent again until BigV rejects it.
const basicSchema = z.object({ ...identity, password: z.string(), otp: z.string() })

/** Credentials from storage or another tab. */
export const credentialsSchema = z.union([tokenSchema, basicSchema])

export type BasicCredentials = z.infer<typeof basicSchema>
export type TokenCredentials = z.infer<typeof tokenSchema>

/** What every request to BigV carries, in one of two ways (docs/bigv-api.md#2-authentication). */
export type Credentials = BasicCredentials | TokenCredentials

export function isToken(credentials: Credentials): credentials is TokenCredentials {
  return 'token' in credentials
}

/** What is left of credentials without their secrets: who it was, and how they had signed in. */
export function withoutSecrets(credentials: Credentials): Credentials {
  return isToken(credentials) ? { ...credentials, token: '' } : { ...credentials, password: '', otp: '' }
}

/** The headers of a session token (Bearer), or of HTTP Basic with the OTP. None for credentials without secrets. */
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

/** btoa alone throws beyond Latin-1. */
function base64Utf8(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes)
}
