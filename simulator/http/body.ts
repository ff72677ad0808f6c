import type { IncomingMessage } from 'node:http'
import { limits } from '../rules/limits.ts'
import { isHash, type Body } from './attributes.ts'
import { refusal } from './refusal.ts'

/** The bare type, BigV's own ones [python], and either with parameters. */
const jsonType = /^application\/(?:json|vnd\.bigv\.[\w.-]+\+json)\s*(?:;|$)/i

/** Reads a request's body as text. Throws a 413 when it is larger than the limit, and reads the rest of it away. */
export const readText = (incoming: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limits.body.value) chunks.push(chunk)
      else reject(refusal('body_too_large'))
    })
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    incoming.on('error', reject)
    incoming.on('close', () => reject(new Error('the client went away')))
  })

const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i

/**
 * Returns a body as a JSON hash; an empty one is the empty hash. Throws a 400 when it is none, or not called JSON [docs].
 * Where `form` is taken too, it may be one.
 */
export const parseBody = (contentType: string | undefined, text: string, form = false): Body => {
  if (form && formType.test(contentType ?? '')) return Object.fromEntries(new URLSearchParams(text))
  if (!jsonType.test(contentType ?? '')) throw refusal('content_type')
  if (text.trim() === '') return {}
  const body = parsed(text)
  if (!isHash(body)) throw refusal('json')
  return body
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
