import { request as httpRequest } from 'node:http'
import type { Reply } from './bigv.ts'

/** Sends a request on a new connection, with exactly these headers. */
export const askWithConnectionClose = (
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
    const sent = httpRequest(
      url,
      {
        method,
        agent: false,
        headers: { ...headers, Connection: 'close', 'Content-Length': Buffer.byteLength(text) },
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const received = Buffer.concat(chunks).toString('utf8')
          const type = answer.headers['content-type'] ?? null
          const json: unknown =
            type === 'application/json' && received !== '' ? JSON.parse(received) : undefined
          resolve({ status: answer.statusCode ?? 0, type, text: received, json, headers: new Headers() })
        })
      },
    )
    sent.on('error', reject)
    sent.end(text)
  })
