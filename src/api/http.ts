import ky from 'ky'
import { authHeaders, type Credentials } from '../session/credentials.ts'
import { currentSession, currentUserSignal, noteGoodAnswer, refuseCredentials } from '../session/session.ts'
import { ApiError, parseErrorBody, parseRetryAfter, type RequestTrace } from './errors.ts'
import { checkRows, type Rows } from './large-lists/check-rows.ts'
import { isParsedFrom, noteBody } from './large-lists/same-answer.ts'
import { withoutCdSecrets } from './redact.ts'
import { anything, schemaProblems, type Schema } from './schema.ts'

/** The methods of BigV's API: GET fetches, POST creates or commands, PUT changes the attributes in its body, DELETE deletes. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** A successful answer. Its status is 202, not 200, while the machine is still being created. */
export interface Answer<T> {
  status: number
  data: T
}

interface Options<T> {
  schema: Schema<T>
  body?: unknown
  signal?: AbortSignal | undefined
  /** The server behind the dashboard's origin; BigV by default. */
  server?: 'api' | 'auth'
  /** Set if the answer is plain text, even when the text looks like JSON. */
  text?: boolean
  /** Time-out in ms; the default depends on the method. */
  limit?: number
  /** Credentials to send instead of the session's; null for none. */
  credentials?: Credentials | null
  rows?: Rows<T> | undefined
  /** The data of the previous request. The same object is returned again if BigV answers the same text. */
  last?: (T & object) | undefined
  onTrace?: ((trace: RequestTrace) => void) | undefined
}

const READ_TIMEOUT_MS = 20_000
// Most BigV calls block until the work is done (docs/bigv-api.md#3-status-codes-and-error-bodies).
const WRITE_TIMEOUT_MS = 600_000

// retry: 0, because ky would repeat PUT and DELETE. timeout: false, because our own time-out also covers the body.
const http = ky.create({
  retry: 0,
  timeout: false,
  throwHttpErrors: false,
  redirect: 'manual',
  credentials: 'omit',
  cache: 'no-store',
})

/**
 * Sends one request to BigV through the proxy, at most once, and returns the checked answer. Throws an ApiError for every failure, except
 * that a cancelled GET throws its signal's reason. A GET is cancelled when its user signs out, so that the next user doesn't get the
 * answer.
 * @param path built by apiPath
 */
export async function request<T>(method: Method, path: string, options: Options<T>): Promise<Answer<T>> {
  const used = options.credentials === undefined ? currentSession().credentials : options.credentials
  const { server = 'api', limit = method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS } = options
  const startedAt = Date.now()
  const timeout = AbortSignal.timeout(limit)
  const userSignal = currentUserSignal()
  const signals = [
    timeout,
    ...(method === 'GET' ? [userSignal] : []),
    ...(options.signal ? [options.signal] : []),
  ]
  const shownPath = server === 'api' ? path : `/${server}${path}`
  let status = 0
  const trace = (): RequestTrace => ({
    method,
    path: shownPath,
    status,
    startedAt,
    // The clock may have been set back during the request.
    duration: Math.max(0, Date.now() - startedAt),
  })
  try {
    const response = await http(`/${server}${path}`, {
      method,
      headers: headersFor(used, options.text ? 'text/plain' : 'application/json', trace),
      // POST and PUT always have a JSON body, even an empty one; GET and DELETE have none.
      ...(method === 'POST' || method === 'PUT' ? { json: options.body ?? {} } : {}),
      signal: AbortSignal.any(signals),
    })
    status = response.status
    if (status === 401 && used !== null && options.credentials === undefined) refuseCredentials(used)
    const body = await readBody(response)
    if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) throw redirected(trace())
    if (!response.ok) {
      throw fromStatus(textOf(body), trace(), parseRetryAfter(response.headers, Date.now()))
    }
    noteGoodAnswer(used, startedAt)
    if (isParsedFrom(options.last, body)) return { status, data: options.last }
    const data = checked(textOf(body), options, trace())
    const wrong = options.rows ? await checkRows(options.rows, data, options.signal) : []
    if (wrong.length > 0) throw mismatch(wrong, trace())
    if ('last' in options) noteBody(data as object, body)
    return { status, data }
  } catch (cause) {
    if (cause instanceof ApiError) throw cause
    if (options.signal?.aborted) throw options.signal.reason
    if (method === 'GET' && userSignal.aborted) throw cancelled(trace(), cause)
    throw fromFailure(cause, timeout.aborted, trace())
  } finally {
    options.onTrace?.(trace())
  }
}

/** Reads the body in pieces as they arrive: `response.text()` would block the page while it decodes several MB. */
async function readBody(response: Response): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = []
  const reader = response.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done) return pieces
    pieces.push(value)
  }
}

function textOf(pieces: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode()
}

function headersFor(credentials: Credentials | null, accept: string, trace: () => RequestTrace): Headers {
  try {
    return new Headers({ Accept: accept, ...authHeaders(credentials) })
  } catch (cause) {
    // A Yubikey acts as a keyboard. Under a Cyrillic layout it types Cyrillic letters, which no header can carry.
    throw new ApiError(
      'The one-time password contains characters that can’t be sent. Is another keyboard layout active?',
      { kind: 'unreachable', trace: trace(), sent: 'no' },
      { cause },
    )
  }
}

function checked<T>(answer: string, { schema, text }: Options<T>, trace: RequestTrace): T {
  const result = schema.safeParse(text ? answer : parsed(answer, schema === anything, trace))
  if (result.success) return result.data
  throw mismatch(result.error.issues, trace)
}

function parsed(text: string, ignored: boolean, trace: RequestTrace): unknown {
  if (text === '') return undefined // 204, or a command with an empty answer
  try {
    return JSON.parse(withoutCdSecrets(text))
  } catch {
    const isPage = text.trimStart().startsWith('<')
    if (ignored && !isPage) return text
    throw malformed(
      isPage ? 'BigV answered with a web page instead of JSON.' : 'BigV’s answer isn’t valid JSON.',
      trace,
    )
  }
}

function mismatch(issues: Parameters<typeof schemaProblems>[0], trace: RequestTrace): ApiError {
  return malformed(`BigV’s answer doesn’t match its API: ${schemaProblems(issues)}.`, trace)
}

function malformed(message: string, trace: RequestTrace): ApiError {
  return new ApiError(message, { kind: 'malformed', trace, sent: 'yes' })
}

// The kind is “refused”, so that the request is neither unclear nor retried: no page waits for its answer any more.
function cancelled(trace: RequestTrace, cause: unknown): ApiError {
  return new ApiError(
    'You signed out, or another user signed in, so the request was cancelled.',
    { kind: 'refused', trace, sent: 'unknown' },
    { cause },
  )
}

function redirected(trace: RequestTrace): ApiError {
  return new ApiError(
    'BigV redirected the request to another address. The dashboard doesn’t follow redirects.',
    {
      kind: 'redirect',
      trace,
      sent: 'unknown',
    },
  )
}

function fromFailure(cause: unknown, timedOut: boolean, trace: RequestTrace): ApiError {
  if (timedOut) {
    return new ApiError(
      'No answer from BigV in time.',
      { kind: 'timeout', trace, sent: 'unknown' },
      { cause },
    )
  }
  // The status shows that BigV refused the request, although the answer broke off afterwards.
  if (trace.status >= 400 && trace.status < 500) return fromStatus('', trace)
  const kind = trace.status === 0 ? 'unreachable' : 'cut'
  const message =
    kind === 'cut'
      ? 'BigV’s answer was cut off.'
      : `The connection failed before BigV answered.${offlineHint()}`
  return new ApiError(message, { kind, trace, sent: kind === 'cut' ? 'yes' : 'unknown' }, { cause })
}

/**
 * Never a reason not to send or fetch: with a VPN or a virtual network, browsers may say “offline” although BigV can be reached.
 */
function offlineHint(): string {
  // Node.js, which runs the unit tests, has no navigator.
  const { onLine } = (globalThis.navigator as Navigator | undefined) ?? {}
  return onLine === false ? ' Your computer says that it is offline.' : ''
}

function fromStatus(body: string, trace: RequestTrace, retryAfter = 0): ApiError {
  const own = proxyFailure(body, trace.status)
  if (own !== null) {
    const lead = own.sent === false ? 'Couldn’t reach BigV' : 'The connection to BigV was lost'
    const sent = own.sent === false ? 'no' : 'unknown'
    return new ApiError(`${lead}: ${own.reason}.`, { kind: 'unreachable', trace, sent, text: own.reason })
  }
  const { fields, text } = parseErrorBody(body)
  const kind = trace.status >= 500 ? 'failed' : 'refused'
  return new ApiError(messageFor(trace.status, text), { kind, trace, sent: 'yes', text, fields, retryAfter })
}

/** Our proxy's own 502: {"reason": "…", "sent": false | "unknown"}. */
function proxyFailure(body: string, status: number): { reason: string; sent: unknown } | null {
  if (status !== 502) return null
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || !('reason' in value) || !('sent' in value)) return null
    return { reason: String(value.reason).replace(/\.$/, ''), sent: value.sent }
  } catch {
    return null
  }
}

/** "Not allowed (403): no rights on web1.", where `said` is BigV's own words. */
function messageFor(status: number, said?: string): string {
  const advice = status === 429 ? ' Try again in a moment.' : ''
  if (said === undefined) return `${happened(status)}.${advice}`
  return `${happened(status)}: ${said}${/[.!?…]$/.test(said) ? '' : '.'}${advice}`
}

function happened(status: number): string {
  switch (status) {
    case 401:
      return 'BigV rejected your sign-in (401)'
    case 403:
      return 'Not allowed (403)'
    case 404:
      return 'Not found, or you don’t have access (404)'
    case 429:
      return 'Too many requests (429)'
    case 503:
      return 'BigV is unavailable (503)'
    default:
      return status >= 500 ? `BigV failed (${status})` : `BigV refused this (${status})`
  }
}
