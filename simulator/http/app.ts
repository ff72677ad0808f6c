import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { IncomingMessage } from 'node:http'
import type { Bigv } from '../bigv.ts'
import { limits } from '../rules/limits.ts'
import { Refusal, refusal } from '../rules/refusals.ts'
import { isHash, type Body } from './attributes.ts'
import type { Call } from './find.ts'

// Requests and answers over HTTP: docs/bigv-api.md#1-basics

/** An answer before it is sent. `body` is JSON text or plain text, or null if the answer has no body. */
export type Answer = {
  status: number
  contentType: 'application/json' | 'text/plain' | null
  body: string | null
  headers?: Record<string, string>
}

/** An answer with a value as JSON. */
export const json = (status: number, value: unknown): Answer => jsonText(status, JSON.stringify(value))

/**
 * An answer with JSON text. Its Content-Type has no charset, since the Python client treats anything but the bare type as
 * plain text.
 */
export const jsonText = (status: number, body: string): Answer => ({
  status,
  contentType: 'application/json',
  body,
})

/** An answer in plain text. */
export const plain = (status: number, body: string): Answer => ({ status, contentType: 'text/plain', body })

/** An answer without a body, as to a DELETE. */
export const noContent = (): Answer => ({ status: 204, contentType: null, body: null })

/** The JSON text of a list, joined from the JSON texts of its rows. */
export const listText = (rows: readonly string[]): string => `[${rows.join()}]`

/** The JSON text of a resource nested in another; a nested resource also has its type: docs/bigv-api.md#1-basics */
export const typed = (type: string, text: string): string =>
  `{"type":"application/vnd.bigv.${type}",${text.slice(1)}`

/** The JSON text of a resource, with `more` properties at the end. */
export const extended = (text: string, more: string): string => `${text.slice(0, -1)},${more}}`

/** Answers a request, or throws a Refusal. */
type Handler = (call: Call) => Answer | Promise<Answer>

/**
 * One URL of the API. An `open` URL also answers without credentials; with `ignored`, only the handler reads credentials. A
 * `form` URL also accepts form-encoded bodies.
 */
export type Route = { path: string; open?: boolean | 'ignored'; form?: boolean } & Partial<
  Record<(typeof methods)[number], Handler>
>

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const

export type Env = { Bindings: HttpBindings; Variables: { body: string } }
type HonoContext = Context<Env>

/** The path and the query of a request, as received and not decoded. */
type Target = { path: string; query: string }

/** Splits a request target as received. An absolute target loses its scheme and host. */
export const targetOf = (url: string): Target => {
  const [, target = '/'] = /^https?:\/\/[^/?#]*(.*)$/i.exec(url) ?? ['', url]
  const mark = target.indexOf('?')
  return mark < 0
    ? { path: target || '/', query: '' }
    : { path: target.slice(0, mark) || '/', query: target.slice(mark + 1) }
}

/** A part of a path, decoded. A "+" becomes a space; a part with invalid percent-encoding stays as it is. */
export const decodedPart = (part: string): string => {
  const spaced = part.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

/**
 * A path in one spelling: each part is decoded and encoded again, and a slash at the end is removed. Unlike a URL parser,
 * this does not resolve `.` and `..`: they count as names, and no record has such a name.
 */
const normalPath = (path: string): string => {
  const parts = path.split('/').map((part) => encodeURIComponent(decodedPart(part).toWellFormed()))
  if (parts.length > 2 && parts.at(-1) === '') parts.pop()
  return parts.join('/')
}

/** application/json or one of BigV's own types, with or without parameters. */
const jsonType = /^application\/(?:json|vnd\.bigv\.[\w.-]+\+json)\s*(?:;|$)/i

/** The body of a request as text. Throws a 413 if the body is larger than the limit, and discards the rest of the body. */
export const readText = (incoming: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limits.body) chunks.push(chunk)
      else reject(refusal('body_too_large'))
    })
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    incoming.on('error', reject)
    incoming.on('close', () => reject(new Error('the client disconnected')))
  })

const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i

/**
 * The body as an object; an empty body is an empty object. Throws a 400 if the body is not a JSON object, or its
 * Content-Type is not JSON. With `form`, the body may also be form-encoded.
 */
const parseBody = (contentType: string | undefined, text: string, form = false): Body => {
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

/** A hono app that routes by the path as received: a URL parser would resolve `..` first. */
export const newApp = (): Hono<Env> =>
  new Hono<Env>({
    getPath: (request, options) => {
      const env = options?.env
      return normalPath(targetOf(env?.incoming.url ?? request.url).path)
    },
  })

export const send = (c: HonoContext, answer: Answer): Response => {
  const headers = { ...(answer.contentType && { 'Content-Type': answer.contentType }), ...answer.headers }
  if (answer.body === null) return c.body(null, answer.status as 204, headers)
  return c.body(answer.body, answer.status as ContentfulStatusCode, headers)
}

/** The answer for a Refusal. Throws any other error. */
export const answerToError = (error: unknown): Answer => {
  if (!(error instanceof Refusal)) throw error
  const answer =
    typeof error.body === 'string' ? plain(error.status, error.body) : json(error.status, error.body)
  if (error.status !== 401) return answer
  return { ...answer, headers: { 'WWW-Authenticate': 'Basic realm="BigV"' } }
}

/** Reads the body of every request before its handler runs. */
export const bodyReader: MiddlewareHandler<Env> = async (c, next) => {
  const { incoming } = c.env
  try {
    c.set('body', incoming.method === 'POST' || incoming.method === 'PUT' ? await readText(incoming) : '')
  } catch (error) {
    return send(c, answerToError(error))
  }
  return next()
}

const identityFor = (bigv: Bigv, route: Route, c: HonoContext): Call['identity'] => {
  const { headers, socket } = c.env.incoming
  const { authorization } = headers
  if (route.open === 'ignored' || (route.open && !authorization)) return undefined
  const otp = headers['x-yubikey-otp']
  return bigv.credentials.authenticate({
    authorization,
    otp: typeof otp === 'string' ? otp : undefined,
    address: socket.remoteAddress ?? '',
  })
}

/** Replaces the statuses with which some clients can't cope: docs/bigv-api.md#12-contradictions */
const asClientsWant = (
  { created, fog }: Bigv['options'],
  method: string | undefined,
  path: string,
  answer: Answer,
): Answer => {
  const isPost = method === 'POST' && answer.status === 201 && !created
  const isPrivilege = method === 'DELETE' && answer.status === 204 && fog && path.startsWith('/privileges/')
  return isPost || isPrivilege ? { ...answer, status: 200 } : answer
}

const answerTo = async (bigv: Bigv, route: Route, handler: Handler, c: HonoContext): Promise<Answer> => {
  try {
    bigv.clock.catchUp()
    const identity = identityFor(bigv, route, c)
    const { method, headers, url = '/' } = c.env.incoming
    const hasBody = method === 'POST' || method === 'PUT'
    const body = hasBody ? parseBody(headers['content-type'], c.get('body'), route.form) : {}
    const query = new URLSearchParams(targetOf(url).query)
    const answer = await handler({
      bigv,
      identity,
      params: c.req.param(),
      query,
      body,
    })
    if (answer.status < 400) bigv.credentials.extendSession(headers.authorization)
    return asClientsWant(bigv.options, method, targetOf(url).path, answer)
  } catch (error) {
    return answerToError(error)
  }
}

/** Adds the API's routes to an app. Other methods on these paths get 405, and other paths get 404. */
export const addRoutes = (app: Hono<Env>, bigv: Bigv, routes: readonly Route[]): void => {
  for (const route of routes) {
    const allowed = methods.filter((method) => route[method])
    for (const method of allowed) {
      const handler = route[method]
      if (handler) app.on(method, route.path, async (c) => send(c, await answerTo(bigv, route, handler, c)))
    }
    app.all(route.path, (c) =>
      send(c, { ...answerToError(refusal('method')), headers: { Allow: allowed.join(', ') } }),
    )
  }
  app.notFound((c) => send(c, answerToError(refusal('missing'))))
}
