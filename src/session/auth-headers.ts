import { base64Utf8 } from '../lib/base64.ts'
import type { Credentials } from './session.ts'

/**
 * Takes credentials and returns the headers that carry them: HTTP Basic, encoded as UTF-8, and the Yubikey's one-time
 * password (API reference, "Authentication").
 */
export function authHeaders(credentials: Credentials | null): Record<string, string> {
  if (credentials === null) return {}
  const basic = `Basic ${base64Utf8(`${credentials.username}:${credentials.password}`)}`
  return credentials.otp === ''
    ? { Authorization: basic }
    : { Authorization: basic, 'X-Yubikey-Otp': credentials.otp }
}
