import { formatClock } from '../lib/times.ts'

const LONGEST_TEXT = 500
/** The longest error body that is parsed, in characters. BigV's own are never longer; a longer one is cut and shown as text. */
const LONGEST_HASH = 10_000
/** Messages nested deeper than this are ignored. BigV's are at most three deep: discs, the disc, its attribute. */
const MAX_DEPTH = 8
// Keys of messages that belong to no attribute: Rails uses `base`, our proxy `reason`.
const GENERAL = new Set(['base', 'reason', 'error', 'message', 'errors', ''])
/** The longest Retry-After that is respected, so that a page doesn't stop polling for hours. */
const LONGEST_WAIT_MS = 5 * 60_000

/** A request and its result, without secrets: users copy it into reports. */
export interface RequestTrace {
  method: string
  /** The path at BigV, with its query. */
  path: string
  status: number
  startedAt: number
  duration: number
}

/**
 * The kinds of failure:
 * - `unreachable`: the request didn't reach BigV, or no answer came (see `sent`)
 * - `timeout`: BigV didn't answer in time
 * - `cut`: the answer began and broke off
 * - `refused`: BigV said no (4xx)
 * - `failed`: BigV, or a server in front of BigV, failed (5xx)
 * - `redirect`: BigV redirected to another address; redirects aren't followed
 * - `malformed`: BigV's API doesn't document such an answer (HTML, broken JSON, missing fields)
 */
export type ErrorKind = 'unreachable' | 'timeout' | 'cut' | 'refused' | 'failed' | 'redirect' | 'malformed'

interface Details {
  kind: ErrorKind
  trace: RequestTrace
  /** The status to report instead of the answer's own status. */
  status?: number
  /** Did BigV receive the request? If unknown, a write must not be repeated automatically. */
  sent: 'no' | 'unknown' | 'yes'
  /** BigV's own words, if any. */
  text?: string | undefined
  /** BigV's messages by attribute, from a 400 body {attribute: [messages]}. */
  fields?: FieldErrors
  /** How long BigV asks to wait, in ms. */
  retryAfter?: number
}

/** Messages by attribute. A disc's messages are under keys such as "discs.0.size" (docs/bigv-api.md#3-status-codes-and-error-bodies). */
export type FieldErrors = Readonly<Record<string, readonly string[]>>

/** A failed request to BigV. The message is a complete sentence for the user. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly kind: ErrorKind
  readonly trace: RequestTrace
  readonly sent: 'no' | 'unknown' | 'yes'
  readonly text: string | undefined
  readonly fields: FieldErrors
  /** How long BigV asks to wait, in ms; 0 if it doesn't ask. */
  readonly retryAfter: number
  readonly status: number

  constructor(message: string, details: Details, options?: ErrorOptions) {
    super(message, options)
    this.kind = details.kind
    this.trace = details.trace
    this.sent = details.sent
    this.text = details.text
    this.fields = details.fields ?? {}
    this.retryAfter = details.retryAfter ?? 0
    this.status = details.status ?? details.trace.status
  }
}

/** True if BigV may have carried out the failed write. */
export function isUnclear(error: ApiError): boolean {
  return error.sent !== 'no' && error.kind !== 'refused'
}

/** True if the same request may succeed soon: no answer, 502, 503, 504. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  if (error.kind === 'failed') return [502, 503, 504].includes(error.status)
  return error.kind === 'unreachable' || error.kind === 'timeout' || error.kind === 'cut'
}

/** A trace as one line to copy: "PUT /accounts/… → 500 after 0.3 s, 14:03:22". */
export function traceLine({ method, path, status, duration, startedAt }: RequestTrace): string {
  const result = status === 0 ? 'no answer' : String(status)
  return `${method} ${path} → ${result} after ${(duration / 1000).toFixed(1)} s, ${formatClock(startedAt)}`
}

/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * Parses an error's body into messages by attribute and one text. The body may be {attribute: [messages]}, {attribute: "message"}, `discs`
 * as a list of such objects, or plain text (docs/bigv-api.md#3-status-codes-and-error-bodies). HTML yields neither messages nor text.
 */
export function parseErrorBody(body: string): { fields: FieldErrors; text: string | undefined } {
  const parsed = parseHash(body)
  if (parsed === null) return { fields: {}, text: plainText(body) }
  // A Map, because in an object an attribute named “constructor” would find Object's.
  const messages = new Map<string, string[]>()
  collect(parsed, [], messages)
  const text = [...messages]
    .flatMap(([name, said]) => said.map((message) => sentence(name, message)))
    .join(' ')
  return { fields: Object.fromEntries(messages), text: text === '' ? undefined : text }
}

function plainText(body: string): string | undefined {
  const text = body.trim()
  if (text === '' || text.startsWith('<')) return undefined
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
}

function parseHash(body: string): object | null {
  if (body.length > LONGEST_HASH) return null
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function collect(value: unknown, path: readonly string[], into: Map<string, string[]>): void {
  if (typeof value === 'string') {
    const name = path.join('.')
    into.set(name, [...(into.get(name) ?? []), value])
  } else if (typeof value === 'object' && value !== null && path.length < MAX_DEPTH) {
    const messages = Array.isArray(value)
    for (const [key, entry] of Object.entries(value)) {
      collect(entry, messages && typeof entry === 'string' ? path : [...path, key], into)
    }
  }
}

function sentence(name: string, message: string): string {
  // BigV counts discs from 0; the page counts them from 1.
  const spoken = name.replace(/^discs\.(\d+)\.?/, (_, place: string) => `disc ${Number(place) + 1}: `)
  const text = GENERAL.has(name) ? message : `${spoken} ${message}`
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** The wait in ms that Retry-After (seconds or a date) asks for: 0 without the header, at most 5 min. */
export function parseRetryAfter(headers: Headers, now: number): number {
  const asked = headers.get('Retry-After') ?? ''
  const ms = Number(asked) * 1000 || Date.parse(asked) - now
  return ms > 0 ? Math.min(ms, LONGEST_WAIT_MS) : 0
}

/** Explains that nothing was sent because the machine couldn't be fetched first. Ends with the trace of the failed request. */
export function fetchFailedText(error: ApiError): string {
  return `Couldn’t load the machine first: ${messageOf(error)} (${traceLine(error.trace)})`
}
