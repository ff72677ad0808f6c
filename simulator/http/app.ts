import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { IncomingMessage } from 'node:http'
import type { Bigv } from '../bigv.ts'
import { limits } from '../rules/limits.ts'
import { Refusal, refusal } from '../rules/refusals.ts'
import { isHash, type Body } from './attributes.ts'
import type { Call } from './find.ts'

// From a request to its handler, and back: docs/bigv-api.md#1-basics

/** An answer before it is sent: `body` is JSON text, plain text, or null for none. */
export type Answer = {
  status: number
  contentType: 'application/json' | 'text/plain' | null
  body: string | null
  headers?: Record<string, string>
}

/** An answer with JSON of that value. */
export const json = (status: number, value: unknown): Answer => jsonText(status, JSON.stringify(value))

/**
 * An answer with text that is JSON already. The header has no charset: the Python client takes anything but the
 * bare type for plain text.
 */
export const jsonText = (status: number, body: string): Answer => ({
  status,
  contentType: 'application/json',
  body,
})

/** An answer in plain text. */
export const plain = (status: number, body: string): Answer => ({ status, contentType: 'text/plain', body })

/** The answer to a DELETE, without a body. */
export const noContent = (): Answer => ({ status: 204, contentType: null, body: null })

/** A list's JSON text, from its rows'. */
export const listText = (rows: readonly string[]): string => `[${rows.join()}]`

/** A resource's JSON text as it stands within another: with its type. docs/bigv-api.md#1-basics */
export const typed = (type: string, text: string): string =>
  `{"type":"application/vnd.bigv.${type}",${text.slice(1)}`

/** A resource's JSON text with more in it. */
export const extended = (text: string, more: string): string => `${text.slice(0, -1)},${more}}`

/** What a URL does with a request. */
type Handler = (call: Call) => Answer | Promise<Answer>

/**
 * One URL of the API. `open` ones answer without credentials, but take them into account unless they are the handler's own
 * business (`ignored`); `form` ones take form-encoded bodies too.
 */
export type Route = { path: string; open?: boolean | 'ignored'; form?: boolean } & Partial<
  Record<(typeof methods)[number], Handler>
>

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const

export type Env = { Bindings: HttpBindings; Variables: { body: string } }
type HonoContext = Context<Env>

/** A request target, in parts: `path` and `query` as received, undecoded. */
type Target = { path: string; query: string }

/** Parts a request target as it came over the wire; one in absolute form loses its scheme and host. */
export const targetOf = (url: string): Target => {
  const [, target = '/'] = /^https?:\/\/[^/?#]*(.*)$/i.exec(url) ?? ['', url]
  const mark = target.indexOf('?')
  return mark < 0
    ? { path: target || '/', query: '' }
    : { path: target.slice(0, mark) || '/', query: target.slice(mark + 1) }
}

/** A path part decoded; a "+" is a space, and what is no percent-encoding stands for itself. */
export const decodedPart = (part: string): string => {
  const spaced = part.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

/**
 * A path in one spelling: each part decoded and encoded anew, no slash at the end. Unlike a URL parser it leaves
 * `.` and `..` alone, so that they are names that nothing has.
 */
const normalPath = (path: string): string => {
  const parts = path.split('/').map((part) => encodeURIComponent(decodedPart(part).toWellFormed()))
  if (parts.length > 2 && parts.at(-1) === '') parts.pop()
  return parts.join('/')
}

/** The bare type, BigV's own ones, and either with parameters. */
const jsonType = /^application\/(?:json|vnd\.bigv\.[\w.-]+\+json)\s*(?:;|$)/i

/** Reads a request's body as text. Throws a 413 when it is larger than the limit, and reads the rest of it away. */
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
 * A body as a JSON hash; an empty one is the empty hash. Throws a 400 when it is none, or not called JSON.
 * Where `form` is taken too, it may be one.
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

/** A hono app that routes by the path as it was received, not as URL parsers would fold it. */
export const newApp = (): Hono<Env> =>
  new Hono<Env>({
    getPath: (request, options) => {
      const env = options?.env
      return normalPath(targetOf(env?.incoming.url ?? request.url).path)
    },
  })

/** Sends an answer. */
export const send = (c: HonoContext, answer: Answer): Response => {
  const headers = { ...(answer.contentType && { 'Content-Type': answer.contentType }), ...answer.headers }
  if (answer.body === null) return c.body(null, answer.status as 204, headers)
  return c.body(answer.body, answer.status as ContentfulStatusCode, headers)
}

/** The answer that an error stands for. Throws what is none. */
export const answerToError = (error: unknown): Answer => {
  if (!(error instanceof Refusal)) throw error
  const answer =
    typeof error.body === 'string' ? plain(error.status, error.body) : json(error.status, error.body)
  if (error.status !== 401) return answer
  return { ...answer, headers: { 'WWW-Authenticate': 'Basic realm="BigV"' } }
}

/** Reads every request's body before it is looked at further. */
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

/** The answer with the status that clients differ about: docs/bigv-api.md#12-contradictions */
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

/** Adds the API's routes to an app; other methods of their paths get a 405, and other paths a 404. */
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
