import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalOfTarget } from '../../tools/proxy/guard.ts'
import type { FakeBigv } from '../../tools/testing/fake-bigv.ts'
import { KINDS, newBench, type Proxy } from '../testing/proxies.ts'
import { readAnswer, requestText } from '../../tools/testing/wire.ts'

const DOTS = [
  '/api/.',
  '/api/..',
  '/api/../x',
  '/api/a/./b',
  '/api/accounts/1/groups/2/virtual_machines/..',
  '/api/a/%2e%2e',
  '/api/a/%2E./b',
  '/api/a/.%2e?x=1',
  '/api/a/%2e/b',
  '/api/a/%252e%252e/b',
  '/api/a/..%2fb',
  '/api/a%2F..%2Fb',
  '/api/a/..\\b',
  '/api\\..\\b/../c',
  '/api/a/..%5Cb',
  '/api/a%5c%2e%2e',
]
const CONTROLS = ['%00', '%0a', '%0D', '%1f', '%1F', '%7f', '%7F', '%09', 'x%0d%0aHost:%20y'].map(
  (text) => `/api/a${text}b`,
)

describe('the guard of Vite’s proxy', () => {
  test.each([...DOTS, ...CONTROLS, '/api/a\nb', '/api/a\u007F', '/api/a?b=\u0000', '/api/a#b'])(
    'refuses %j',
    (target) => {
      expect(refusalOfTarget(target)).toMatch(/^A (path|request) must not have/)
    },
  )

  test.each([
    '/api/',
    '/api/...',
    '/api/.a/a.',
    '/api/a%20b/%C3%A9',
    '/api/a?next=/../b&c=%0a',
    '/api/%2e%2e%2e',
  ])('passes on %j', (target) => {
    expect(refusalOfTarget(target)).toBeNull()
  })
})

describe.each(KINDS)('in %s', (kind) => {
  const bench = newBench(kind)
  let bigv: FakeBigv
  let proxy: Proxy

  beforeAll(async () => {
    bigv = await bench.fakeBigv(() => {})
    proxy = await bench.proxyTo(bigv.url)
  })
  afterAll(async () => {
    expect(bigv.connections).toHaveLength(0) // none of these requests may reach BigV
    await bench.close()
  })

  test.each([...DOTS.filter((target) => target.startsWith('/api/')), ...CONTROLS])(
    'answers %s with 400 and a reason',
    async (target) => {
      const { status, headers, json } = await proxy.ask(`DELETE ${target}`)
      expect(status).toBe(400)
      // nginx refuses a %00 before it applies our rules.
      const byNginx = kind === 'nginx' && target.includes('%00')
      const reason = byNginx ? 'The request is malformed.' : expect.stringMatching(/^A path must not have/)
      expect(json).toEqual({ reason })
      if (!byNginx) expect(headers.get('content-security-policy')).toBe('sandbox')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    },
  )

  test.each(['\0', '\u0001', '\t', '\n', '\r', '\u001F', '\u007F'])(
    'answers a raw %j in the path with 400',
    async (character) => {
      const answer = await proxy
        .open()
        .send(requestText(`GET /api/a${character}b`))
        .whole()
      // nginx reads a request line without HTTP/1.1 as HTTP/0.9, and an HTTP/0.9 answer has no status line.
      if (kind === 'nginx' && character === '\n') expect(answer).toContain('400 Bad Request')
      else expect(readAnswer(answer).status).toBe(400)
    },
  )

  // Caddy passes on such a DELETE as one request.
  test.skipIf(kind === 'caddy')(
    'refuses a DELETE with a chunked body, because BigV could read it as a second request',
    async () => {
      const body = '1c\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n\r\n0\r\n\r\n'
      const { status, json } = await proxy.ask('DELETE /api/a', { 'Transfer-Encoding': 'chunked' }, body)
      expect(status).toBe(400)
      expect(json).toEqual({ reason: 'A DELETE with a body needs a Content-Length.' })
    },
  )

  test('answers an upgrade with 400', async () => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Key': 'x',
      'Sec-WebSocket-Version': '13',
    }
    // The proxy may leave the connection open, so the test doesn't wait for its end.
    const answer = await proxy.open().send(requestText('GET /api/a', headers)).until('}')
    const { status, json } = readAnswer(answer)
    expect(status).toBe(400)
    expect(json).toEqual({ reason: 'There is nothing to upgrade to.' })
  })

  test('answers an unknown Host with 403 and the headers of every /api/ answer', async () => {
    const { status, headers } = await proxy.ask('GET /api/a', { Host: 'rebound.example' })
    expect(status).toBe(403)
    expect(headers.get('content-security-policy')).toBe('sandbox')
  })
})
