import { request as httpRequest } from 'node:http'
import { credentials, targetUrl } from './target.ts'

/** Sends a body with the given Content-Type, or without any, which `fetch` can't do with a string. */
export const sendAs = (
  method: string,
  path: string,
  body: string,
  contentType?: string,
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...credentials,
      'Content-Length': Buffer.byteLength(body),
      ...(contentType && { 'Content-Type': contentType }),
    }
    const sent = httpRequest(targetUrl() + path, { method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
