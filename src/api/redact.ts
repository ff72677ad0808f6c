import { ApiError } from './errors.ts'

// In JSON, up to the last @ before the path: a password may have one of its own, and whatever JSON escapes.
const CD_URL = /("cdrom_url"\s*:\s*"[a-z][\w+.-]*:\\?\/\\?\/)(?:[^"/?#\\]|\\.)*@/gi
const SECRET_KEYS = new Set(['password', 'root_password', 'firstboot_script'])
export const HIDDEN = '••••••'

/** A text with dots for the user:password of any URL in it. */
export function withoutCredentials(text: string): string {
  // They end at the last @ before the URL's path: a password may have one of its own.
  return text.replace(/([a-z][\w+.-]*:\/\/)[^/?#]*@/gi, `$1${HIDDEN}@`)
}

/** A copy of a request's body fit to be shown and stored: dots for root passwords, first-boot scripts and the user:password of a URL. */
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

/** JSON of BigV with dots for the user:password of each machine's CD: answers are cached for long, and nobody needs it. */
export function withoutCdSecrets(json: string): string {
  return json.includes('@') ? json.replace(CD_URL, `$1${HIDDEN}@`) : json
}

/** The error as it may be shown and kept: BigV may repeat what it was sent, the user:password of a URL for one. */
export function redactedError(error: ApiError): ApiError {
  const { kind, trace, sent, retryAfter, message, text, cause } = error
  // By name they are of the request's fields, root_password for one, but what BigV says of a field is no secret.
  const fields = Object.fromEntries(
    Object.entries(error.fields).map(([name, messages]) => [name, messages.map(withoutCredentials)]),
  )
  const details = { kind, trace, sent, text: text && withoutCredentials(text), fields, retryAfter }
  return new ApiError(withoutCredentials(message), details, { cause })
}
