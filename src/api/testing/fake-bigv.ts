import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { vi } from 'vitest'

/** A request as received by BigV: the proxy has removed `/api`. */
interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  /** The body as parsed JSON; undefined without a body. */
  body: unknown
}

/** A server on loopback in place of the proxy and BigV. The test decides its answers. */
export interface FakeBigv {
  /** Every request so far, in order. */
  received: Received[]
  /** Answers the next requests. */
  answer: (request: Received, response: ServerResponse) => unknown
  close: () => Promise<void>
}

/**
 * Starts the server as the page's origin. "/api/…" can't be resolved outside a page, so Request and fetch are replaced by stubs that add
 * the origin. The connections are real. Node 20 has no `navigator`: a stub says that the browser is online.
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
  return Object.assign(bigv, {
    async close() {
      vi.unstubAllGlobals()
      server.closeAllConnections()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  })
}

/** Sends JSON. */
export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

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
