import { ApiError } from './errors.ts'

// Matches up to the last @ before the path, because a password may contain an @ or characters that JSON escapes.
const CD_URL = /("cdrom_url"\s*:\s*"[a-z][\w+.-]*:\\?\/\\?\/)(?:[^"/?#\\]|\\.)*@/gi
const SECRET_KEYS = new Set(['password', 'root_password', 'firstboot_script'])
export const HIDDEN = '••••••'

/** Replaces the user:password of each URL in a text with dots. */
export function withoutCredentials(text: string): string {
  // User and password end at the last @ before the URL's path, because a password may contain an @.
  return text.replace(/([a-z][\w+.-]*:\/\/)[^/?#]*@/gi, `$1${HIDDEN}@`)
}

/** A copy of a request's body to show and store, with dots instead of root passwords, first-boot scripts and the user:password of URLs. */
export function redacted(value: unknown): unknown {
  if (typeof value === 'string') return withoutCredentials(value)
  if (Array.isArray(value)) return value.map(redacted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      SECRET_KEYS.has(key) && entry !== '' ? HIDDEN : redacted(entry),
    ]),
  )
}

/** Replaces the user:password of each CD's URL in BigV's JSON with dots, because answers stay cached and no page needs the password. */
export function withoutCdSecrets(json: string): string {
  return json.includes('@') ? json.replace(CD_URL, `$1${HIDDEN}@`) : json
}

/**
 * A copy of the error to show and store, because BigV's message may repeat parts of the request, for example the user:password of a URL.
 */
export function redactedError(error: ApiError): ApiError {
  const { kind, trace, status, sent, retryAfter, message, text, cause } = error
  // Not `redacted`, which would hide BigV's messages about root_password: the messages aren't secret.
  const fields = Object.fromEntries(
    Object.entries(error.fields).map(([name, messages]) => [name, messages.map(withoutCredentials)]),
  )
  const details = { kind, trace, status, sent, text: text && withoutCredentials(text), fields, retryAfter }
  return new ApiError(withoutCredentials(message), details, { cause })
}
