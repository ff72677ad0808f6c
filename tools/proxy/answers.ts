import type { ServerResponse } from 'node:http'

/**
 * On every answer below the prefix: an answer of BigV that is opened as a page must neither run as one on the
 * dashboard's origin nor be taken for anything but what it says it is.
 */
export const SAFETY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': 'sandbox',
} as const

/** A failure before BigV's answer began. `sent` is false when BigV cannot have seen the request. */
export type Failure = { reason: string; sent: false | 'unknown' }

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
