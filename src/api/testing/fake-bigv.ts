import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { vi } from 'vitest'

/** A request as BigV would get it, after the proxy took `/api` away. */
interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  /** What the body says as JSON, or undefined when there is none. */
  body: unknown
}

/** A server on loopback in the place of the proxy and BigV behind it. It answers with nothing but what the test says. */
export interface FakeBigv {
  /** Every request so far, in order. */
  received: Received[]
  /** How to answer the next ones. */
  answer: (request: Received, response: ServerResponse) => unknown
  close: () => Promise<void>
}

/**
 * Starts the server and makes it the origin of the page. Requests go to "/api/…", and only a page has an address to
 * resolve that against, so the globals Request and fetch get one; connections, sockets and everything that can break on the way are
 * real. Node 20 has no navigator, which says here whether the browser is online.
 */
export async function startFakeBigv(): Promise<FakeBigv> {
  const bigv: Omit<FakeBigv, 'close'> = { received: [], answer: (_, response) => response.end() }
  const server = createServer((incoming, response) => {
    void receive(incoming).then((request) => {
      bigv.received.push(request)
      return bigv.answer(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const RealRequest = Request
  class PageRequest extends RealRequest {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' ? new URL(input, origin) : input, init)
    }
  }
  const realFetch = fetch
  vi.stubGlobal('Request', PageRequest)
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) =>
    realFetch(typeof input === 'string' ? new URL(input, origin) : input, init),
  )
  vi.stubGlobal('navigator', { onLine: true })
  return Object.assign(bigv, {
    async close() {
      vi.unstubAllGlobals()
      server.closeAllConnections()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  })
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

/** An answer with a status and nothing else. */
export const status =
  (code: number): FakeBigv['answer'] =>
  (_, response) =>
    response.writeHead(code).end()

/** No answer: the connection is cut. */
export const cut: FakeBigv['answer'] = (_, response) => response.destroy()

async function receive(incoming: IncomingMessage): Promise<Received> {
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk)
  return {
    method: incoming.method ?? '',
    path: (incoming.url ?? '').replace(/^\/api/, ''),
    headers: incoming.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}
