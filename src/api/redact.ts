const SECRET_KEYS = new Set(['password', 'root_password', 'firstboot_script'])
/** What stands for a secret. */
export const HIDDEN = '••••••'

/** Takes text and returns it with dots for the user:password of any URL in it. */
export function withoutCredentials(text: string): string {
  // They end at the last @ before the URL's path: a password may have one of its own.
  return text.replace(/([a-z][\w+.-]*:\/\/)[^/?#]*@/gi, `$1${HIDDEN}@`)
}

/**
 * Takes the body of a request and returns a copy fit to be shown and kept: root passwords, first-boot scripts and the
 * user:password of a URL are replaced by dots.
 */
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
