import { ApiError } from './errors.ts'

// Up to the last @ before the path, as a password may contain an @ or characters that JSON escapes.
const CD_URL = /("cdrom_url"\s*:\s*"[a-z][\w+.-]*:\\?\/\\?\/)(?:[^"/?#\\]|\\.)*@/gi
const SECRET_KEYS = new Set(['password', 'root_password', 'firstboot_script'])
export const HIDDEN = '••••••'

/** Replaces the user:password of each URL in a text with dots. */
export function withoutCredentials(text: string): string {
  // They end at the last @ before the URL's path, as a password may contain one.
  return text.replace(/([a-z][\w+.-]*:\/\/)[^/?#]*@/gi, `$1${HIDDEN}@`)
}

/** A copy of a request's body to show and store: dots replace root passwords, first-boot scripts and the user:password of URLs. */
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

/** Replaces the user:password of each CD's URL in BigV's JSON with dots: answers stay cached, and no page needs it. */
export function withoutCdSecrets(json: string): string {
  return json.includes('@') ? json.replace(CD_URL, `$1${HIDDEN}@`) : json
}

/** A copy of the error to show and store: BigV may echo the request, for example the user:password of a URL. */
export function redactedError(error: ApiError): ApiError {
  const { kind, trace, sent, retryAfter, message, text, cause } = error
  // Not `redacted`: a key may be root_password, but BigV's messages about it aren't secret.
  const fields = Object.fromEntries(
    Object.entries(error.fields).map(([name, messages]) => [name, messages.map(withoutCredentials)]),
  )
  const details = { kind, trace, sent, text: text && withoutCredentials(text), fields, retryAfter }
  return new ApiError(withoutCredentials(message), details, { cause })
}
