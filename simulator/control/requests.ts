import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler, Next } from 'hono'
import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { basicCredentials } from '../access/credentials.ts'
import { decodedPart, json, send, targetOf, type Answer, type Env } from '../http/app.ts'
import type { Fault, LoggedRequest, LogFilter } from './client.ts'

// Lets tests read the API requests that the simulator has received, and make requests fail

/** The number of requests to store; beyond it, the oldest are dropped. */
const maxRequests = 20_000
/** A longer body is logged as text, cut to this many characters. */
const maxBodyLength = 65_536

const usernameIn = (authorization: string | undefined): string | null => {
  const [, encoded] = /^Basic +(\S+)/i.exec(authorization ?? '') ?? []
  return (encoded && basicCredentials(encoded)?.username) ?? null
}

const parsedBody = (text: string): unknown => {
  if (text === '') return null
  if (text.length > maxBodyLength) return text.slice(0, maxBodyLength)
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** The API requests received, oldest first. */
export class RequestLog {
  #requests: LoggedRequest[] = []
  #count = 0

  /** Logs a request. Returns the log entry; its status is set once the request is answered. */
  add(incoming: IncomingMessage, body: string): LoggedRequest {
    const { path, query } = targetOf(incoming.url ?? '/')
    const [, account] = /^\/accounts\/([^/]+)/.exec(path) ?? []
    this.#count += 1
    const request: LoggedRequest = {
      id: this.#count,
      method: incoming.method ?? '',
      path,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: parsedBody(body),
      status: null,
      at: Date.now(),
      account: account === undefined ? null : decodedPart(account),
      username: usernameIn(incoming.headers.authorization),
    }
    this.#requests.push(request)
    if (this.#requests.length > 2 * maxRequests) this.#requests = this.#requests.slice(-maxRequests)
    return request
  }

  /** The matching requests that followed the request with id `since`, oldest first. */
  list({ since = 0, account, username }: LogFilter): LoggedRequest[] {
    return this.#requests
      .slice(-maxRequests)
      .filter(
        (request) =>
          request.id > since &&
          (account === undefined || request.account === account) &&
          (username === undefined || request.username === username),
      )
  }

  clear(): void {
    this.#requests = []
  }
}

/** Logs every request, and makes it fail if a fault matches. */
export const logAndInjectFaults =
  (faults: Faults, log: RequestLog): MiddlewareHandler<Env> =>
  async (c, next) => {
    const request = log.add(c.env.incoming, c.get('body'))
    const fault = faults.faultFor(request)
    if (fault) await faults.inject(fault, c, next)
    else await next()
    request.status = c.res.status
  }

type Armed = { id: number; fault: Fault; left: number }
type HonoContext = Context<Env>

const matches = ({ match = {} }: Fault, request: LoggedRequest): boolean =>
  (match.method === undefined || match.method.toUpperCase() === request.method) &&
  (match.path === undefined || new RegExp(match.path).test(request.path)) &&
  (match.account === undefined || match.account === request.account) &&
  (match.username === undefined || match.username === request.username)

/** The faults that make the next matching requests fail. */
export class Faults {
  #armed: Armed[] = []
  #count = 0
  #release = new AbortController()

  /** Arms a fault. Returns its id. */
  add(fault: Fault): number {
    this.#count += 1
    const left = fault.times === null ? Infinity : (fault.times ?? 1)
    this.#armed.push({ id: this.#count, fault, left })
    return this.#count
  }

  /** Removes one fault, or all faults. Removing all also closes the connections that a fault keeps hanging. */
  clear(id?: number): void {
    this.#armed = id === undefined ? [] : this.#armed.filter((armed) => armed.id !== id)
    if (id !== undefined) return
    this.#release.abort()
    this.#release = new AbortController()
  }

  /** The first armed fault that matches the request. The call counts as one use of the fault. */
  faultFor(request: LoggedRequest): Fault | undefined {
    const armed = this.#armed.find((each) => matches(each.fault, request))
    if (!armed) return undefined
    armed.left -= 1
    if (armed.left <= 0) this.clear(armed.id)
    return armed.fault
  }

  /** Makes a request fail as the fault says. */
  async inject(fault: Fault, c: HonoContext, next: Next): Promise<Response | undefined> {
    if (fault.delayMs) await sleep(fault.delayMs)
    switch (fault.kind) {
      case 'slow':
        await next()
        return undefined
      case 'hang':
        await this.#released()
        return cutConnection(c)
      case 'cut-before':
        return cutConnection(c)
      case 'cut-after-processing':
        await next()
        return cutConnection(c)
      case 'cut-after-headers':
        await next()
        return cutInBody(c)
      case 'truncated':
        await next()
        return replaceAnswer(c, await halfOf(c.res))
      case 'status':
      case 'html':
      case 'empty':
        if (fault.apply) await next()
        return replaceAnswer(c, send(c, fakeAnswer(fault)))
    }
  }

  #released(): Promise<void> {
    const { signal } = this.#release
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
  }
}

const html =
  '<!DOCTYPE html>\n<html><head><title>Service unavailable</title></head><body><h1>Service unavailable</h1></body></html>\n'

const fakeAnswer = (fault: Fault): Answer => {
  const headers = fault.headers ?? {}
  if (fault.kind === 'html')
    return {
      status: fault.status ?? 200,
      contentType: null,
      body: html,
      headers: { 'Content-Type': 'text/html', ...headers },
    }
  if (fault.kind === 'empty')
    return { status: fault.status ?? 200, contentType: 'application/json', body: '', headers }
  const { status = 500, body = 'Internal error' } = fault
  if (typeof body !== 'string') return { ...json(status, body), headers }
  return { status, contentType: 'text/plain', body: body.repeat(fault.repeat ?? 1), headers }
}

/** Answers with `response`, which replaces any answer that BigV has already given. */
const replaceAnswer = (c: HonoContext, response: Response): Response => {
  c.res = undefined
  c.res = response
  return response
}

const cutConnection = (c: HonoContext): Response => {
  c.env.incoming.socket.destroy()
  return replaceAnswer(c, RESPONSE_ALREADY_SENT)
}

const halfOf = async (response: Response): Promise<Response> => {
  const text = await response.text()
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  return new Response(text.slice(0, Math.floor(text.length / 2)), { status: response.status, headers })
}

const cutInBody = async (c: HonoContext): Promise<Response> => {
  const { outgoing, incoming } = c.env
  const whole = Buffer.from(await c.res.text())
  outgoing.writeHead(c.res.status, {
    ...Object.fromEntries(c.res.headers),
    'content-length': String(whole.length + 1),
  })
  outgoing.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => incoming.socket.destroy())
  return replaceAnswer(c, RESPONSE_ALREADY_SENT)
}
