import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/**
 * Set on every answer of BigV. Opened as a page, such an answer must not run scripts on the dashboard's origin, and browsers
 * must not guess another content type for it.
 */
export const SAFETY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': 'sandbox',
} as const

// A slash or a backslash, plain or encoded any number of times: URL parsers treat a backslash as a slash, and a server that
// decodes a path before it splits it sees a slash in %2F.
const SEPARATOR = /[/\\]|%(?:25)*(?:2f|5c)/i
const DOT_SEGMENT = /^(?:\.|%(?:25)*2e){1,2}$/i
// oxlint-disable-next-line no-control-regex -- the pattern looks for them
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/
const ENCODED_CONTROL_CHARACTER = /%(?:[01][0-9a-f]|7f)/i

/**
 * The reason to refuse a request target, or null to pass it on. Encoding does not protect `.` and `..`: URL parsers resolve
 * `%2e%2e` as well, and the DELETE of a machine would become the DELETE of its group. In the query, only raw control
 * characters are refused, since nothing resolves dots there.
 * @param target the request target as received, with its query
 */
export function refusalOfTarget(target: string): string | null {
  const [path = ''] = target.split('?')
  if (target.includes('#')) return 'A request must not have a fragment.'
  if (path.split(SEPARATOR).some((segment) => DOT_SEGMENT.test(segment))) {
    return 'A path must not have the segments "." or "..", encoded or not.'
  }
  if (CONTROL_CHARACTER.test(target) || ENCODED_CONTROL_CHARACTER.test(path)) {
    return 'A path must not have control characters, encoded or not.'
  }
  return null
}

/**
 * The reason to refuse a request because of its headers, or null to pass it on. Vite's proxy sends a DELETE or OPTIONS without a
 * Content-Length with the length 0, so BigV would take a chunked body for a second request.
 */
export function refusalOfHeaders({ method, headers }: IncomingMessage): string | null {
  const lengthless = method === 'DELETE' || method === 'OPTIONS'
  return lengthless && headers['transfer-encoding'] ? `A ${method} with a body needs a Content-Length.` : null
}

// Cookies belong to other programs on localhost, and Origin and Referer name the dashboard. Anyone can forge the Forwarded
// headers. This server has already answered Expect, with which Vite's proxy would skip its hooks. The other headers belong
// to a single connection.
const REMOVED = [
  'cookie',
  'origin',
  'referer',
  'expect',
  'upgrade',
  'keep-alive',
  'te',
  'proxy-authorization',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]

/** Removes the headers of a request that BigV must not receive. Changes `headers`. */
export function removePrivateHeaders(headers: IncomingHttpHeaders): void {
  for (const name of REMOVED) delete headers[name]
  if (headers.connection && /upgrade/i.test(headers.connection)) headers.connection = 'close'
}
