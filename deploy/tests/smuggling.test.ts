import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { KINDS, startProxy, type Proxy } from '../testing/proxies.ts'
import type { Wire } from '../../tools/testing/wire.ts'

// Requests that the proxy may read as one request and BigV as two, and requests aimed at a server other than BigV.

const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n'
const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`
const put = (headers: string, body: string) =>
  `PUT /api/x HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n${body}`

const ONE_OR_NONE: [string, string][] = [
  ['a length and chunks', put('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', chunked(SMUGGLED))],
  ['chunks and a length', put('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n', chunked(SMUGGLED))],
  ['two lengths', put(`Content-Length: 0\r\nContent-Length: ${SMUGGLED.length}\r\n`, SMUGGLED)],
  ['a list of lengths', put(`Content-Length: 0, ${SMUGGLED.length}\r\n`, SMUGGLED)],
  ['a length with a sign', put('Content-Length: +0\r\n', SMUGGLED)],
  ['a length in hex', put('Content-Length: 0x0\r\n', SMUGGLED)],
  ['a negative length', put('Content-Length: -1\r\n', SMUGGLED)],
  ['another coding after chunks', put('Transfer-Encoding: chunked, identity\r\n', chunked(SMUGGLED))],
  ['a coding that is nearly chunked', put('Transfer-Encoding: xchunked\r\n', chunked(SMUGGLED))],
  ['a vertical tab before chunked', put('Transfer-Encoding: \u000bchunked\r\n', chunked(SMUGGLED))],
  [
    'a space before the colon',
    put('Content-Length: 0\r\nTransfer-Encoding : chunked\r\n', chunked(SMUGGLED)),
  ],
  [
    'a header folded over two lines',
    put('Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n', chunked(SMUGGLED)),
  ],
  [
    'bare line feeds',
    put('Content-Length: 0\r\n', '').replaceAll('\r\n', '\n') + SMUGGLED.replaceAll('\r\n', '\n'),
  ],
  [
    'a bare carriage return in a header',
    put('X-A: b\rTransfer-Encoding: chunked\r\nContent-Length: 4\r\n', chunked(SMUGGLED)),
  ],
  ['a zero byte in a header', put('X-A: b\0c\r\nContent-Length: 0\r\n', '')],
  [
    'a chunk whose size is no number',
    put('Transfer-Encoding: chunked\r\n', `zz\r\n${SMUGGLED}\r\n0\r\n\r\n`),
  ],
  ['a chunk longer than it says', put('Transfer-Encoding: chunked\r\n', `1\r\n${SMUGGLED}\r\n0\r\n\r\n`)],
  ['a request line with two paths', `GET /api/x /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n`],
  [
    'a body of a GET',
    `GET /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`,
  ],
  ['a DELETE with a body', put(`Content-Length: ${SMUGGLED.length}\r\n`, SMUGGLED).replace('PUT', 'DELETE')],
  ['a DELETE with chunks', put('Transfer-Encoding: chunked\r\n', chunked(SMUGGLED)).replace('PUT', 'DELETE')],
  [
    'a body announced by Expect',
    put(`Expect: 100-continue\r\nContent-Length: ${SMUGGLED.length}\r\n`, SMUGGLED),
  ],
]

const ELSEWHERE: [string, string][] = [
  ['the whole address of another server', 'GET http://ELSEWHERE/api/x HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['another server behind the prefix', 'GET /api//ELSEWHERE/x HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['another server as a path', 'GET /api/http://ELSEWHERE/x HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['another server after an at sign', 'GET /api/@ELSEWHERE/x HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['BigV’s name as that of a user', 'GET /api@ELSEWHERE/x HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['another server as Host', 'GET /api/x HTTP/1.1\r\nHost: ELSEWHERE\r\n\r\n'],
  [
    'another server as X-Forwarded-Host',
    'GET /api/x HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: ELSEWHERE\r\n\r\n',
  ],
  ['a tunnel', 'CONNECT ELSEWHERE HTTP/1.1\r\nHost: ELSEWHERE\r\n\r\n'],
  ['a tunnel below the prefix', 'CONNECT /api/ELSEWHERE HTTP/1.1\r\nHost: localhost\r\n\r\n'],
]

describe.each(KINDS)('in %s', (kind) => {
  let bigv: Listener
  let other: Listener
  let proxy: Proxy

  beforeAll(async () => {
    bigv = await listen()
    other = await listen()
    proxy = await startProxy(kind, bigv.url)
  })
  beforeEach(() => {
    bigv.asked.length = 0
    bigv.connections.length = 0
    bigv.hosts.clear()
    other.asked.length = 0
  })
  afterAll(async () => {
    await proxy.close()
    bigv.server.close()
    other.server.close()
  })

  test('passes on an ordinary request', async () => {
    const page = proxy.open()
    page.send(put('Content-Length: 2\r\n', '{}'))
    await ended(page, bigv)
    expect(bigv.asked).toEqual(['/x'])
  })

  test.each(ONE_OR_NONE)('%s: sends BigV at most one request', async (_, text) => {
    const page = proxy.open()
    page.send(text)
    await ended(page, bigv)
    expect(['', '/x']).toContain(bigv.asked.join(' '))
    for (const { received } of bigv.connections) expect(afterFirstRequest(received)).toBe('')
  })

  test.each(ELSEWHERE)('%s: sends nothing to a server other than BigV', async (_, text) => {
    const page = proxy.open()
    page.send(text.replaceAll('ELSEWHERE', new URL(other.url).host))
    await ended(page, bigv)
    expect(other.asked).toEqual([])
    for (const host of bigv.hosts) expect(host).toBe(new URL(bigv.url).host)
  })

  test('grants other origins no CORS permissions, with or without a preflight', async () => {
    for (const method of ['OPTIONS', 'POST']) {
      const page = proxy.open()
      page.send(
        `${method} /api/x HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n` +
          'Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: authorization\r\nConnection: close\r\n\r\n',
      )
      expect(await page.whole()).not.toMatch(/^access-control-allow/im)
    }
  })
})

/** Waits until the page has an answer or was refused, and all connections to BigV are closed. */
async function ended(page: Wire, bigv: Listener) {
  await page.until(/HTTP\/1\.1 [2-5]/).catch(() => {})
  page.socket.end()
  await page.closed
  await Promise.all(bigv.connections.map(({ closed }) => closed))
}

interface Listener {
  url: string
  /** the requested paths */
  asked: string[]
  hosts: Set<string>
  connections: { received: string; closed: Promise<unknown> }[]
  server: Server
}

/** Everything received on a connection after its first request. */
function afterFirstRequest(text: string): string {
  const [head = ''] = text.split('\r\n\r\n')
  let rest = text.slice(head.length + 4)
  if (!/^transfer-encoding: chunked$/im.test(head))
    return rest.slice(Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0))
  for (let size = -1; size !== 0 && rest !== '';) {
    const [line = ''] = rest.split('\r\n')
    size = Number.parseInt(line, 16)
    rest = rest.slice(line.length + 2 + size + 2)
  }
  return rest
}

/** A server as lenient as an old one: it accepts anything that could be a request. */
async function listen(): Promise<Listener> {
  const asked: string[] = []
  const hosts = new Set<string>()
  const connections: Listener['connections'] = []
  const server = createServer({ insecureHTTPParser: true }, (request, response) => {
    asked.push(request.url ?? '')
    hosts.add(request.headers.host ?? '')
    request.resume().on('end', () => response.end('{}'))
  }).listen(0, '127.0.0.1')
  server.on('connection', (socket) => {
    const connection = { received: '', closed: new Promise((resolve) => void socket.once('close', resolve)) }
    connections.push(connection)
    socket.on('data', (bytes: Buffer) => {
      connection.received += bytes.toString('latin1')
    })
  })
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.destroy()
  })
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    hosts,
    connections,
    server,
  }
}
