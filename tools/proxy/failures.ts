import type { ServerResponse } from 'node:http'
import { SAFETY_HEADERS } from './guard.ts'

/** How long BigV may be silent: most of its calls block until the work is done, so this matches the longest write. */
export const READ_TIMEOUT_MS = 10 * 60 * 1000

/** Whom the proxy asks: what reasons call it, and where it is. */
type Server = { name: string; target: URL }

/** A failure before BigV's answer began. `sent` is false when BigV cannot have seen the request. */
type Failure = { reason: string; sent: false | 'unknown' }

/** The connection was silent for longer than the read timeout. */
export class ReadTimeout extends Error {
  override name = 'ReadTimeout'
}

/**
 * Answers with JSON in the proxy's own name, unless an answer has begun.
 * @param body a refusal (400) has a reason only, a failure (502) says whether the request was sent
 */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: Failure | { reason: string },
): void {
  if (response.headersSent || response.writableEnded || response.destroyed) return
  response.writeHead(status, {
    ...SAFETY_HEADERS,
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

/**
 * What to tell the browser about a request that got no answer.
 * @param error what ended the request
 * @param connected whether the connection stood (with TLS: its certificate was accepted). Requests are written to
 *   standing connections only and each has a new one, so without one nothing was sent.
 */
export function describeFailure(error: Error, connected: boolean, { name, target }: Server): Failure {
  return connected
    ? { reason: afterConnecting(error, name), sent: 'unknown' }
    : { reason: whileConnecting(error, `${name} (${target.host})`, target), sent: false }
}

function afterConnecting(error: Error, name: string): string {
  if (error instanceof ReadTimeout) return `${name} did not answer in time.`
  const code = codeOf(error)
  if (code.startsWith('HPE_')) return `${name} sent an answer that is not HTTP (${code}).`
  return `${name} closed the connection before it answered${code && ` (${code})`}.`
}

function whileConnecting(error: Error, server: string, target: URL): string {
  const code = codeOf(error)
  switch (code) {
    case 'ECONNREFUSED':
      return `${server} refused the connection.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host name of ${server} was not found (DNS: ${code}).`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return `${server} could not be reached (${code}).`
    default:
      return target.protocol === 'https:'
        ? `No trusted TLS connection to ${server}: ${error.message || code}.`
        : `No connection to ${server}: ${error.message || code}.`
  }
}

function codeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? ''
}
