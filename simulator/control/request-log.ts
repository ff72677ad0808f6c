import type { IncomingMessage } from 'node:http'
import { basicCredentials } from '../access/credentials.ts'
import { decodedPart, targetOf } from '../http/app.ts'
import type { LoggedRequest, LogFilter } from './client.ts'

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
