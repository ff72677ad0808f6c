import { base64Utf8 } from '../lib/browser/base64.ts'
import { isToken, type Credentials } from './credentials.ts'

/**
 * Takes credentials and returns the headers that carry them: a session token as Bearer; or HTTP Basic, encoded as UTF-8, and
 * the Yubikey's one-time password (API reference, "Authentication"). None for those whose secrets are gone.
 */
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
