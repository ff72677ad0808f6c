import type { ServerResponse } from 'node:http'
import { SAFETY_HEADERS } from './guard.ts'

/**
 * The longest time for which BigV may send nothing. Most calls answer only when the work is done, so this covers the
 * longest write.
 */
export const READ_TIMEOUT_MS = 10 * 60 * 1000

/** A server behind the proxy: its name in reasons, and its URL. */
type Server = { name: string; target: URL }

/** A failure before BigV's answer began. `sent` is false if BigV cannot have received the request. */
type Failure = { reason: string; sent: false | 'unknown' }

/** BigV sent nothing for longer than the read timeout. */
export class ReadTimeout extends Error {
  override name = 'ReadTimeout'
}

/**
 * Answers with JSON from the proxy itself, unless an answer has begun.
 * @param body a refusal (400) has only a reason; a failure (502) also says whether the request was sent
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
 * The failure to report to the browser when a request got no answer.
 * @param error the error that ended the request
 * @param connected true if the connection was established (with TLS: the certificate was accepted). Each request has a new
 * connection and is sent once that connection is established, so without a connection nothing was sent.
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
