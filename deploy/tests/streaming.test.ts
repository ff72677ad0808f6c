import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { answerWith } from '../testing/answers.ts'
import { KINDS, newBench, VITE, type Bench } from '../testing/proxies.ts'
import { answerText, HEAD_OF_ANSWER, PUT, requestText } from '../../tools/testing/wire.ts'

const AMID_CHUNKS = ['during a chunked body', 'Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n', '12345']
const AMID_ITS_OWN_BODY: [string, string, string, string, string] = [
  'during its own body',
  requestText('PUT /api/x', { 'Content-Length': '9' }, '{}'),
  '{}',
  '',
  '',
]

describe.each(KINDS)('in %s', (kind) => {
  let bench: Bench
  beforeEach(() => {
    bench = newBench(kind)
  })
  afterEach(() => bench.close())

  describe('after BigV’s headers', () => {
    test('passes on an answer piece by piece', async () => {
      const bigv = await bench.fakeBigv(async (connection) => {
        await connection.until('{}')
        connection.send(`${HEAD_OF_ANSWER}Transfer-Encoding: chunked\r\n\r\n`)
      })
      const page = (await bench.proxyTo(bigv.url)).open().send(PUT)
      await page.until('\r\n\r\n')
      expect(page.received).toMatch(/^HTTP\/1.1 200 /)
      const [connection] = bigv.connections
      connection?.send('3\r\none\r\n')
      await page.until('one')
      connection?.send('3\r\ntwo\r\n0\r\n\r\n')
      expect(await page.whole()).toContain('two')
    })

    test.each([
      ['after the headers', 'Content-Length: 10\r\n\r\n', ''],
      ['during a body of known length', 'Content-Length: 10\r\n\r\n12345', '12345'],
      // Caddy 2.6 ends such an answer as if it were complete.
      ...(kind === 'caddy' ? [] : [AMID_CHUNKS]),
    ])('cuts its answer at once if BigV closes the connection %s', async (_, begin, seen) => {
      const bigv = await bench.fakeBigv(async (connection) => {
        await connection.until('{}')
        connection.send(HEAD_OF_ANSWER + begin)
      })
      const page = (await bench.proxyTo(bigv.url)).open().send(PUT.replace('Connection: close\r\n', ''))
      await page.until(new RegExp(`\r\n\r\n[^]*${seen}`))
      bigv.connections[0]?.socket.resetAndDestroy()
      await page.closed
      expect(page.received).toMatch(/^HTTP\/1.1 200 /)
      expect(page.received).not.toContain('\r\n0\r\n')
    })

    test('cuts its answer if BigV sends nothing for longer than the timeout', async () => {
      const bigv = await bench.fakeBigv(async (connection) => {
        await connection.until('{}')
        connection.send(`${HEAD_OF_ANSWER}Content-Length: 10\r\n\r\n12345`)
      })
      const page = (await bench.proxyTo(bigv.url, { readTimeout: 300 })).open().send(PUT)
      expect(await page.whole()).toMatch(/12345$/)
      await bigv.connections[0]?.closed
    })

    test('ignores rubbish after a complete answer', async () => {
      const bigv = await bench.fakeBigv(async (connection) => {
        await connection.until('\r\n\r\n')
        connection.send(`${answerText('200 OK')}rubbish`)
      })
      const page = (await bench.proxyTo(bigv.url)).open().send(requestText('HEAD /api/x'))
      expect(await page.whole()).toMatch(/^HTTP\/1.1 200 /)
    })
  })

  describe('ends the request to BigV if the browser disconnects', () => {
    test.each([
      ['before the answer', PUT, '{}', '', ''],
      // A web server sends BigV nothing until it has the whole request.
      ...(VITE.includes(kind) ? [AMID_ITS_OWN_BODY] : []),
      ['during the answer', PUT, '{}', `${HEAD_OF_ANSWER}Content-Length: 9\r\n\r\n123`, '123'],
    ])('%s', async (_, text, arrived, answer, seen) => {
      const bigv = await bench.fakeBigv((connection) =>
        connection.until(arrived).then(() => connection.send(answer)),
      )
      const page = (await bench.proxyTo(bigv.url)).open().send(text)
      await expect.poll(() => bigv.connections[0]?.received).toContain(arrived)
      await page.until(seen)
      page.socket.destroy()
      await bigv.connections[0]?.closed
    })
  })
})

// Only Vite's proxy: web servers pass on any reason phrase, and read the whole request before sending any of it.
describe.each(VITE)('in %s, with Vite’s proxy', (kind) => {
  let bench: Bench
  beforeEach(() => {
    bench = newBench(kind)
  })
  afterEach(() => bench.close())

  test('replaces an invalid reason phrase', async () => {
    const bigv = await bench.fakeBigv(answerWith('401 Wh\u0001\u00e9re', {}, '', '{}'))
    const page = (await bench.proxyTo(bigv.url)).open().send(PUT)
    expect(await page.whole()).toMatch(/^HTTP\/1.1 401 Unauthorized\r\n/)
  })

  test('passes on an answer that arrives before the end of the request', async () => {
    const bigv = await bench.fakeBigv(answerWith('413 Too Large', {}, 'Too much.', 'first half'))
    const page = (await bench.proxyTo(bigv.url)).open()
    page.send(requestText('PUT /api/x', { 'Content-Length': '1000' }, 'first half'))
    expect(await page.until('Too much.')).toMatch(/^HTTP\/1.1 413 /)
    page.socket.destroy()
  })
})
