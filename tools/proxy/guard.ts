import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/**
 * On every answer below the prefix: an answer of BigV that is opened as a page must neither run as one on the
 * dashboard's origin nor be taken for anything but what it says it is.
 */
export const SAFETY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': 'sandbox',
} as const

// A slash or a backslash, plain or encoded, however often: URL parsers take a backslash for a slash, and a server
// that decodes before it splits sees a separator in %2F.
const SEPARATOR = /[/\\]|%(?:25)*(?:2f|5c)/i
const DOT_SEGMENT = /^(?:\.|%(?:25)*2e){1,2}$/i
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/
const ENCODED_CONTROL_CHARACTER = /%(?:[01][0-9a-f]|7f)/i

/**
 * Why a request target must not be passed on, or null when it may be. No encoding protects `.` and `..`: URL parsers
 * fold `%2e%2e` as well, and the DELETE of a machine would become one of its group. Of the query only raw control
 * characters are refused, for nothing folds it.
 * @param target the request target as it came, with its query
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
 * Why the headers of a request must not be passed on, or null when they may be. Vite's proxy sends a DELETE or OPTIONS
 * without Content-Length as one with length 0, so that a chunked body would reach BigV as a second request.
 */
export function refusalOfHeaders({ method, headers }: IncomingMessage): string | null {
  const lengthless = method === 'DELETE' || method === 'OPTIONS'
  return lengthless && headers['transfer-encoding'] ? `A ${method} with a body needs a Content-Length.` : null
}

// The browser's own business (cookies belong to whatever else runs on localhost; Origin and Referer name the
// dashboard), what anybody could claim of where a request came from, and what concerns one connection only. `Expect` has been answered by this server already, and Vite's
// proxy skips its hooks where it stands.
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

/** Removes from the headers of a request, in place, what BigV is not to see. */
export function removePrivateHeaders(headers: IncomingHttpHeaders): void {
  for (const name of REMOVED) delete headers[name]
  if (headers.connection && /upgrade/i.test(headers.connection)) headers.connection = 'close'
}
