import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unusedPort } from '../../tools/testing/fake-bigv.ts'
import { KINDS, newBench, VITE, type Bench, type Kind, type ProxyOptions } from '../testing/proxies.ts'
import {
  answerText,
  HEAD_OF_ANSWER,
  PUT,
  readAnswer,
  requestText,
  SIGN_IN,
  type Wire,
} from '../../tools/testing/wire.ts'

/** The reason in the 502. Vite's proxy knows more details than a web server does. */
const reasonBy = (kind: Kind, byVite: RegExp, otherwise: RegExp) =>
  expect.stringMatching(VITE.includes(kind) ? byVite : otherwise)
const UNREACHABLE =
  /^BigV \((?:localhost|127\.0\.0\.1|brain\.invalid).*\) could not be reached: no connection/
const CLOSED = /^BigV closed the connection before it answered\.$/

type Broken = [what: string, fail: (connection: Wire) => unknown, reason: RegExp]
/** Tested only with Vite's proxy. A web server takes the SSH greeting for an answer, and handles the other two itself. */
const NO_HTTP: Broken[] = [
  ['speaks no HTTP', (connection) => connection.send('SSH-2.0-OpenSSH\r\n'), /not HTTP/],
  ['answers with an impossible status', (connection) => connection.send(answerText('000 Zero')), /status 0/],
  [
    'wants another protocol',
    (connection) => connection.send('HTTP/1.1 101 Go\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    /another protocol/,
  ],
]

describe.each(KINDS)('in %s', (kind) => {
  let bench: Bench
  beforeEach(() => {
    bench = newBench(kind)
  })
  afterEach(() => bench.close())

  const put = async (url: string, options?: ProxyOptions) => {
    const proxy = await bench.proxyTo(url, options)
    return readAnswer(await proxy.open().send(PUT).whole())
  }

  describe('answers 502 with sent: false', () => {
    test('if BigV refuses the connection', async () => {
      const { status, json, headers } = await put(`http://127.0.0.1:${await unusedPort()}`)
      expect(status).toBe(502)
      expect(json).toEqual({ reason: reasonBy(kind, /refused the connection/, UNREACHABLE), sent: false })
      expect(headers.get('content-security-policy')).toBe('sandbox')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    })

    test('if BigV’s name has no address', async () => {
      const { status, json } = await put('http://brain.invalid')
      expect(status).toBe(502)
      expect(json).toEqual({ reason: reasonBy(kind, /brain\.invalid/, UNREACHABLE), sent: false })
    })

    test('if BigV’s certificate isn’t trusted', async () => {
      const bigv = await bench.fakeBigv(() => {}, { secure: true })
      const { status, json } = await put(bigv.url)
      expect(status).toBe(502)
      expect(json).toEqual({
        reason: reasonBy(kind, /^No trusted TLS connection .*self.signed/, UNREACHABLE),
        sent: false,
      })
      await Promise.all(bigv.connections.map((connection) => connection.closed))
      expect(bigv.connections.map((connection) => connection.received).join('')).toBe('')
    })

    test('if BigV doesn’t speak TLS', async () => {
      const bigv = await bench.fakeBigv((connection) => connection.send(answerText('400 Bad Request')))
      const { status, json } = await put(bigv.url.replace('http:', 'https:'))
      expect(status).toBe(502)
      expect(json).toEqual({ reason: reasonBy(kind, /No trusted TLS connection/, UNREACHABLE), sent: false })
    })
  })

  test('names the auth service, not BigV, when a sign-in fails', async () => {
    const bigv = await bench.fakeBigv(() => {})
    const auth = await bench.fakeBigv((connection) =>
      connection.until('{}').then(() => connection.socket.resetAndDestroy()),
    )
    const proxy = await bench.proxyTo(bigv.url, { authUrl: auth.url, readTimeout: 300 })
    const signIn = async () => readAnswer(await proxy.open().send(SIGN_IN).whole())

    const cut = await signIn()
    expect(cut.status).toBe(502)
    expect(cut.json).toMatchObject({
      reason: expect.stringMatching(/^The auth service closed the connection/),
    })
    auth.answer = () => {}
    expect((await signIn()).json).toMatchObject({ reason: 'The auth service did not answer in time.' })
    await auth.close()
    const gone = await signIn()
    expect(gone.json).toMatchObject({ sent: false })
    expect(gone.body).toContain(`"The auth service (127.0.0.1:${auth.port}) `)
    expect(bigv.connections).toHaveLength(0)
  })

  describe('answers 502 with sent: "unknown" before BigV’s headers arrive', () => {
    test.each<Broken>([
      [
        'resets the connection',
        ({ socket }) => socket.resetAndDestroy(),
        /closed the connection .*ECONNRESET/,
      ],
      ['hangs up', ({ socket }) => socket.end(), /closed the connection/],
      ['hangs up during its headers', ({ socket }) => socket.end(HEAD_OF_ANSWER), /closed the connection/],
      ...(VITE.includes(kind) ? NO_HTTP : []),
    ])('if BigV %s', async (_, fail, reason) => {
      const bigv = await bench.fakeBigv(async (connection) => {
        await connection.until('{}')
        fail(connection)
      })
      const { status, json } = await put(bigv.url)
      expect(status).toBe(502)
      expect(json).toEqual({ reason: reasonBy(kind, reason, CLOSED), sent: 'unknown' })
      expect(bigv.connections).toHaveLength(1)
    })

    test('if BigV sends nothing for too long', async () => {
      const bigv = await bench.fakeBigv(() => {})
      const { status, json } = await put(bigv.url, { readTimeout: 300 })
      expect(status).toBe(502)
      expect(json).toEqual({ reason: 'BigV did not answer in time.', sent: 'unknown' })
      await bigv.connections[0]?.closed
    })

    test('keeps the browser’s connection open after a 502', async () => {
      const bigv = await bench.fakeBigv(async (connection) => {
        await connection.until('{}')
        connection.socket.resetAndDestroy()
      })
      const page = (await bench.proxyTo(bigv.url)).open()
      const kept = PUT.replace('Connection: close\r\n', '')
      await page.send(kept).until('"unknown"}')
      page.received = ''
      await page.send(kept).until('"unknown"}')
      expect(page.received).toMatch(/^HTTP\/1.1 502 /)
      expect(bigv.connections).toHaveLength(2)
    })

    test('reads the rest of a large body, so that the browser gets the 502', async () => {
      const bigv = await bench.fakeBigv((connection) =>
        connection.until('xxx').then(() => connection.socket.resetAndDestroy()),
      )
      // A web server accepts at most 1 MB.
      const body = 'x'.repeat(VITE.includes(kind) ? 5_000_000 : 999_999)
      const page = (await bench.proxyTo(bigv.url)).open()
      page.send(requestText('PUT /api/x', { 'Content-Length': String(body.length) }, body))
      const { status, json } = readAnswer(await page.whole())
      expect(status).toBe(502)
      expect(json).toMatchObject({ sent: 'unknown' })
    })
  })
})
