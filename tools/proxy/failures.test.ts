import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  startFakeBigv,
  startProxy,
  unusedPort,
  type FakeBigv,
  type Kind,
  type Proxy,
} from './testing/servers.ts'
import { answerText, readAnswer, requestText, type Wire } from './testing/wire.ts'

const PUT = requestText('PUT /api/x', { 'Content-Length': '2' }, '{}')
const HEAD_OF_ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'

describe.each<Kind>(['dev', 'preview'])('in %s', (kind) => {
  let stop: (() => Promise<void>)[]

  beforeEach(() => {
    stop = []
  })
  afterEach(async () => {
    for (const one of stop) await one()
  })

  const proxyTo = async (url: string, readTimeout?: number): Promise<Proxy> => {
    const proxy = await startProxy(kind, url, readTimeout)
    stop.unshift(proxy.close)
    return proxy
  }
  const fakeBigv = async (
    answer: (connection: Wire) => unknown,
    options?: { secure: boolean },
  ): Promise<FakeBigv> => {
    const bigv = await startFakeBigv(options)
    bigv.answer = answer
    stop.push(bigv.close)
    return bigv
  }
  const put = async (url: string, readTimeout?: number) => {
    const proxy = await proxyTo(url, readTimeout)
    return readAnswer(await proxy.open().send(PUT).whole())
  }

  describe('before its headers, a failure is answered with 502: not sent', () => {
    test('when BigV refuses the connection', async () => {
      const { status, json, headers } = await put(`http://127.0.0.1:${await unusedPort()}`)
      expect(status).toBe(502)
      expect(json).toEqual({ reason: expect.stringContaining('refused the connection'), sent: false })
      expect(headers.get('content-security-policy')).toBe('sandbox')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    })

    test('when its name has no address', async () => {
      const { status, json } = await put('http://brain.invalid')
      expect(status).toBe(502)
      expect(json).toEqual({ reason: expect.stringContaining('brain.invalid'), sent: false })
    })

    test('when its certificate is not to be trusted', async () => {
      const bigv = await fakeBigv(() => {}, { secure: true })
      const { status, json } = await put(bigv.url)
      expect(status).toBe(502)
      expect(json).toEqual({
        reason: expect.stringMatching(/^No trusted TLS connection .*self.signed/),
        sent: false,
      })
      await Promise.all(bigv.connections.map((connection) => connection.closed))
      expect(bigv.connections.map((connection) => connection.received).join('')).toBe('')
    })

    test('when it speaks no TLS', async () => {
      const bigv = await fakeBigv((connection) => connection.send(answerText('400 Bad Request')))
      const { status, json } = await put(bigv.url.replace('http:', 'https:'))
      expect(status).toBe(502)
      expect(json).toEqual({ reason: expect.stringContaining('No trusted TLS connection'), sent: false })
    })
  })

  describe('before its headers, a failure is answered with 502: perhaps sent', () => {
    test.each<[string, (connection: Wire) => unknown, RegExp]>([
      [
        'resets the connection',
        ({ socket }) => socket.resetAndDestroy(),
        /closed the connection .*ECONNRESET/,
      ],
      ['hangs up', ({ socket }) => socket.end(), /closed the connection/],
      ['hangs up amid its headers', ({ socket }) => socket.end(HEAD_OF_ANSWER), /closed the connection/],
      ['speaks no HTTP', (connection) => connection.send('SSH-2.0-OpenSSH\r\n'), /not HTTP/],
      [
        'answers with an impossible status',
        (connection) => connection.send(answerText('000 Zero')),
        /status 0/,
      ],
      [
        'wants another protocol',
        (connection) => connection.send('HTTP/1.1 101 Go\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
        /another protocol/,
      ],
    ])('when BigV %s', async (_, fail, reason) => {
      const bigv = await fakeBigv(async (connection) => {
        await connection.until('{}')
        fail(connection)
      })
      const { status, json } = await put(bigv.url)
      expect(status).toBe(502)
      expect(json).toEqual({ reason: expect.stringMatching(reason), sent: 'unknown' })
      expect(bigv.connections).toHaveLength(1)
    })

    test('when BigV says nothing for too long', async () => {
      const bigv = await fakeBigv(() => {})
      const { status, json } = await put(bigv.url, 300)
      expect(status).toBe(502)
      expect(json).toEqual({ reason: 'BigV did not answer in time.', sent: 'unknown' })
      await bigv.connections[0]?.closed
    })

    test('and the kept connection of the browser stays', async () => {
      const bigv = await fakeBigv(async (connection) => {
        await connection.until('{}')
        connection.socket.resetAndDestroy()
      })
      const page = (await proxyTo(bigv.url)).open()
      const kept = PUT.replace('Connection: close\r\n', '')
      await page.send(kept).until('"unknown"}')
      page.received = ''
      await page.send(kept).until('"unknown"}')
      expect(page.received).toMatch(/^HTTP\/1.1 502 /)
      expect(bigv.connections).toHaveLength(2)
    })

    test('and the rest of a large body is read, so that the answer arrives', async () => {
      const bigv = await fakeBigv((connection) =>
        connection.until('xxx').then(() => connection.socket.resetAndDestroy()),
      )
      const body = 'x'.repeat(5_000_000)
      const page = (await proxyTo(bigv.url)).open()
      page.send(requestText('PUT /api/x', { 'Content-Length': String(body.length) }, body))
      const { status, json } = readAnswer(await page.whole())
      expect(status).toBe(502)
      expect(json).toMatchObject({ sent: 'unknown' })
    })
  })

  describe('after its headers', () => {
    test('an answer is passed on piece by piece', async () => {
      const bigv = await fakeBigv(async (connection) => {
        await connection.until('{}')
        connection.send(`${HEAD_OF_ANSWER}Transfer-Encoding: chunked\r\n\r\n`)
      })
      const page = (await proxyTo(bigv.url)).open().send(PUT)
      await page.until('\r\n\r\n')
      expect(page.received).toMatch(/^HTTP\/1.1 200 /)
      const [connection] = bigv.connections
      connection?.send('3\r\none\r\n')
      await page.until('one')
      connection?.send('3\r\ntwo\r\n0\r\n\r\n')
      expect(await page.whole()).toContain('two')
    })

    test.each([
      ['at once', 'Content-Length: 10\r\n\r\n', ''],
      ['amid a body of known length', 'Content-Length: 10\r\n\r\n12345', '12345'],
      ['amid a chunked body', 'Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n', '12345'],
    ])('a cut %s destroys the answer at once', async (_, begin, seen) => {
      const bigv = await fakeBigv(async (connection) => {
        await connection.until('{}')
        connection.send(HEAD_OF_ANSWER + begin)
      })
      const page = (await proxyTo(bigv.url)).open().send(PUT.replace('Connection: close\r\n', ''))
      await page.until(new RegExp(`\r\n\r\n[^]*${seen}`))
      bigv.connections[0]?.socket.resetAndDestroy()
      await page.closed
      expect(page.received).toMatch(/^HTTP\/1.1 200 /)
      expect(page.received).not.toContain('\r\n0\r\n')
    })

    test('silence for longer than the time-out destroys it as well', async () => {
      const bigv = await fakeBigv(async (connection) => {
        await connection.until('{}')
        connection.send(`${HEAD_OF_ANSWER}Content-Length: 10\r\n\r\n12345`)
      })
      const page = (await proxyTo(bigv.url, 300)).open().send(PUT)
      expect(await page.whole()).toMatch(/12345$/)
      await bigv.connections[0]?.closed
    })

    test('an odd reason phrase is not passed on', async () => {
      const bigv = await fakeBigv(async (connection) => {
        await connection.until('{}')
        connection.send(answerText('401 Wh\u0001\u00e9re'))
      })
      const page = (await proxyTo(bigv.url)).open().send(PUT)
      expect(await page.whole()).toMatch(/^HTTP\/1.1 401 Unauthorized\r\n/)
    })

    test('rubbish after a whole answer changes nothing', async () => {
      const bigv = await fakeBigv(async (connection) => {
        await connection.until('\r\n\r\n')
        connection.send(`${answerText('200 OK')}rubbish`)
      })
      const page = (await proxyTo(bigv.url)).open().send(requestText('HEAD /api/x'))
      expect(await page.whole()).toMatch(/^HTTP\/1.1 200 /)
    })

    test('an answer given before the request was read to its end is passed on', async () => {
      const bigv = await fakeBigv(async (connection) => {
        await connection.until('first half')
        connection.send(answerText('413 Too Large', {}, 'Too much.'))
      })
      const page = (await proxyTo(bigv.url)).open()
      page.send(requestText('PUT /api/x', { 'Content-Length': '1000' }, 'first half'))
      expect(await page.until('Too much.')).toMatch(/^HTTP\/1.1 413 /)
      page.socket.destroy()
    })
  })

  describe('closing the page ends the request at BigV', () => {
    test.each([
      ['before the answer', PUT, '{}', '', ''],
      ['amid its own body', requestText('PUT /api/x', { 'Content-Length': '9' }, '{}'), '{}', '', ''],
      ['amid the answer', PUT, '{}', `${HEAD_OF_ANSWER}Content-Length: 9\r\n\r\n123`, '123'],
    ])('%s', async (_, text, arrived, answer, seen) => {
      const bigv = await fakeBigv((connection) =>
        connection.until(arrived).then(() => connection.send(answer)),
      )
      const page = (await proxyTo(bigv.url)).open().send(text)
      await expect.poll(() => bigv.connections[0]?.received).toContain(arrived)
      await page.until(seen)
      page.socket.destroy()
      await bigv.connections[0]?.closed
    })
  })
})
