const SECRET_KEYS = new Set(['password', 'root_password', 'firstboot_script'])
const HIDDEN = '••••••'

/**
 * Takes the body of a request and returns a copy fit to be shown and kept: root passwords, first-boot scripts and the
 * user:password of a URL are replaced by dots.
 */
export function redacted(value: unknown): unknown {
  // The user and password of a URL end at the last @ before its path: a password may have one of its own.
  if (typeof value === 'string') return value.replace(/([a-z][\w+.-]*:\/\/)[^/?#]*@/gi, `$1${HIDDEN}@`)
  if (Array.isArray(value)) return value.map(redacted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      SECRET_KEYS.has(key) && entry !== '' ? HIDDEN : redacted(entry),
    ]),
  )
}
