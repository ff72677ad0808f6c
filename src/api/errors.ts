import { formatClock } from '../lib/times.ts'

/** A request as it was made and what became of it: what the user may copy into a report. No secrets. */
export interface RequestTrace {
  method: string
  /** The path at BigV, with its query. */
  path: string
  /** The HTTP status, or 0 when there was none. */
  status: number
  startedAt: number
  /** How long it took, in ms. */
  duration: number
}

/**
 * What went wrong, as far as can be known:
 * - `unreachable`: the request did not reach BigV, or its answer did not come (see `sent`)
 * - `timeout`: BigV did not answer in time
 * - `cut`: the answer began and broke off
 * - `refused`: BigV said no (4xx)
 * - `failed`: BigV, or what stands before it, failed (5xx)
 * - `redirect`: an answer from elsewhere was offered, and not followed
 * - `rubbish`: an answer that is not what BigV's API documents (HTML, broken JSON, missing fields)
 */
export type ErrorKind = 'unreachable' | 'timeout' | 'cut' | 'refused' | 'failed' | 'redirect' | 'rubbish'

interface Details {
  kind: ErrorKind
  trace: RequestTrace
  /** Whether BigV got the request: a write of which this is not known must not be repeated by itself. */
  sent: 'no' | 'unknown' | 'yes'
  /** BigV's own words, when it said any. */
  text?: string | undefined
  /** BigV's messages by attribute, from a 400 body {attribute: [messages]}. */
  fields?: FieldErrors
  /** For how many ms BigV asks to be left alone. */
  retryAfter?: number
}

/** Messages by attribute. Those of one disc stand under "discs.0.size" (API reference, "Status codes and error bodies"). */
export type FieldErrors = Readonly<Record<string, readonly string[]>>

/** Every failure of a request to BigV. The message is a whole sentence for the user. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly kind: ErrorKind
  readonly trace: RequestTrace
  readonly sent: 'no' | 'unknown' | 'yes'
  readonly text: string | undefined
  readonly fields: FieldErrors
  /** For how many ms BigV asks to be left alone; 0 where it does not. */
  readonly retryAfter: number

  constructor(message: string, details: Details, options?: ErrorOptions) {
    super(message, options)
    this.kind = details.kind
    this.trace = details.trace
    this.sent = details.sent
    this.text = details.text
    this.fields = details.fields ?? {}
    this.retryAfter = details.retryAfter ?? 0
  }

  get status(): number {
    return this.trace.status
  }
}

/** Takes a failed write's error and says whether BigV may have carried the write out all the same. */
export function isUnclear(error: ApiError): boolean {
  return error.sent !== 'no' && error.kind !== 'refused'
}

/** Takes a failed read's error and says whether it may pass by itself: no answer, 502, 503, 504. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  if (error.kind === 'failed') return [502, 503, 504].includes(error.status)
  return error.kind === 'unreachable' || error.kind === 'timeout' || error.kind === 'cut'
}

/** Takes a trace and returns it in one line to copy: "PUT /accounts/… → 500 after 0.3 s, 14:03:22". */
export function traceLine({ method, path, status, duration, startedAt }: RequestTrace): string {
  const result = status === 0 ? 'no answer' : String(status)
  return `${method} ${path} → ${result} after ${(duration / 1000).toFixed(1)} s, ${formatClock(startedAt)}`
}

/** Takes whatever was thrown and returns a sentence for the user. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
