import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Credentials } from '../session/credentials.ts'
import { signIn, signOut } from '../session/session.ts'
import type { RequestTrace } from './errors.ts'
import { request, type Method } from './http.ts'
import { anything, z } from './schema.ts'
import { failure } from './testing/failure.ts'
import { json, startFakeBigv, type FakeBigv } from './testing/fake-bigv.ts'

// Requests that BigV refuses, or that fail at BigV or at a server in front of BigV.

const credentials: Credentials = { account: 'acme', username: 'demo', password: 'se:cret-ü', otp: '' }
const machine = z.looseObject({ id: z.number(), power_on: z.boolean() })
const WRITES: Method[] = ['POST', 'PUT', 'DELETE']
const METHODS: Method[] = ['GET', ...WRITES]

let bigv: FakeBigv

beforeEach(async () => {
  bigv = await startFakeBigv()
})
afterEach(async () => {
  vi.restoreAllMocks()
  signOut()
  await bigv.close()
})

const html = (response: ServerResponse, status: number) =>
  response.writeHead(status, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Oops</title>')

describe('a failed request', () => {
  const FAILURES: [string, (response: ServerResponse) => unknown, object][] = [
    [
      '400 with messages by attribute',
      (response) => json(response, 400, { name: ["can't be blank"] }),
      {
        kind: 'refused',
        status: 400,
        fields: { name: ["can't be blank"] },
        message: "BigV refused this (400): name can't be blank.",
      },
    ],
    [
      '400 with plain text',
      (response) => response.writeHead(400, { 'Content-Type': 'text/plain' }).end('It must be off.'),
      {
        kind: 'refused',
        text: 'It must be off.',
        message: 'BigV refused this (400): It must be off.',
        fields: {},
      },
    ],
    [
      '401',
      (response) => response.writeHead(401).end(),
      { kind: 'refused', message: 'BigV rejected your sign-in (401).' },
    ],
    ['403', (response) => response.writeHead(403).end(), { kind: 'refused', message: 'Not allowed (403).' }],
    [
      '404',
      (response) => response.writeHead(404).end(),
      { kind: 'refused', message: 'Not found, or you don’t have access (404).' },
    ],
    [
      '429',
      (response) => response.writeHead(429).end(),
      { kind: 'refused', message: 'Too many requests (429). Try again in a moment.', retryAfter: 0 },
    ],
    [
      '429 with Retry-After',
      (response) => response.writeHead(429, { 'Retry-After': '30' }).end(),
      { kind: 'refused', message: 'Too many requests (429). Try again in a moment.', retryAfter: 30_000 },
    ],
    [
      '500 with a web page',
      (response) => html(response, 500),
      { kind: 'failed', status: 500, text: undefined, message: 'BigV failed (500).' },
    ],
    [
      '500 with plain text',
      (response) => response.writeHead(500).end('Disc not purged'),
      { kind: 'failed', message: 'BigV failed (500): Disc not purged.' },
    ],
    [
      '503',
      (response) => response.writeHead(503).end(),
      { kind: 'failed', message: 'BigV is unavailable (503).' },
    ],
    [
      '502 from a server in front of BigV',
      (response) => html(response, 502),
      { kind: 'failed', message: 'BigV failed (502).' },
    ],
    [
      '502 from our proxy: not sent',
      (response) => json(response, 502, { reason: 'the name has no address', sent: false }),
      {
        kind: 'unreachable',
        sent: 'no',
        status: 502,
        message: 'Couldn’t reach BigV: the name has no address.',
      },
    ],
    [
      '502 from our proxy: unknown if sent',
      (response) => json(response, 502, { reason: 'BigV reset the connection.', sent: 'unknown' }),
      {
        kind: 'unreachable',
        sent: 'unknown',
        message: 'The connection to BigV was lost: BigV reset the connection.',
      },
    ],
    [
      'a redirect',
      (response) => response.writeHead(302, { Location: '/elsewhere' }).end(),
      {
        kind: 'redirect',
        sent: 'unknown',
        message: 'BigV redirected the request to another address. The dashboard doesn’t follow redirects.',
      },
    ],
    [
      '200 with a web page',
      (response) => html(response, 200),
      { kind: 'malformed', status: 200, message: 'BigV answered with a web page instead of JSON.' },
    ],
    [
      'a connection cut before the headers',
      (response) => response.destroy(),
      {
        kind: 'unreachable',
        sent: 'unknown',
        status: 0,
        message: 'The connection failed before BigV answered.',
      },
    ],
    [
      'a refusal cut in its body',
      (response) => {
        response.writeHead(403, { 'Content-Length': '100' })
        response.write('You may', () => response.destroy())
      },
      { kind: 'refused', sent: 'yes', status: 403, message: 'Not allowed (403).' },
    ],
    [
      'a connection cut in the body',
      (response) => {
        response.writeHead(200, { 'Content-Length': '100' })
        response.write('{"id":', () => response.destroy())
      },
      { kind: 'cut', sent: 'yes', status: 200, message: 'BigV’s answer was cut off.' },
    ],
  ]

  describe.each(METHODS)('%s', (method) => {
    test.each(FAILURES)('reports %s', async (_, answer, expected) => {
      bigv.answer = (_, response) => answer(response)
      const traces: RequestTrace[] = []
      const error = await failure(method, { onTrace: (trace) => traces.push(trace) })
      expect(error).toMatchObject({ sent: 'yes', ...expected })
      expect(error.trace).toMatchObject({ method, path: '/x' })
      expect(traces).toEqual([{ ...error.trace, duration: expect.any(Number) }])
      expect(bigv.received).toHaveLength(1)
    })
  })

  test('reports broken JSON', async () => {
    bigv.answer = (_, response) => response.end('{"id": 1')
    expect(await failure('GET', { schema: machine })).toMatchObject({
      kind: 'malformed',
      message: 'BigV’s answer isn’t valid JSON.',
    })
  })

  test('names an attribute that is missing in the answer', async () => {
    bigv.answer = (_, response) => json(response, 200, { id: 1 })
    expect(await failure('GET', { schema: machine })).toMatchObject({
      kind: 'malformed',
      sent: 'yes',
      message: 'BigV’s answer doesn’t match its API: “power_on” is missing or has the wrong type.',
    })
  })

  test('reports an empty answer where data was expected', async () => {
    expect((await failure('GET', { schema: machine })).message).toContain('the whole answer is missing')
  })

  test('reports that no server listens at the address', async () => {
    await bigv.close()
    const gone = createServer().listen(0, '127.0.0.1')
    await once(gone, 'listening')
    const { port } = gone.address() as AddressInfo
    await new Promise((resolve) => gone.close(resolve))
    const RealRequest = Request
    vi.stubGlobal(
      'Request',
      class extends RealRequest {
        constructor(input: string, init?: RequestInit) {
          super(new URL(input, `http://127.0.0.1:${port}`), init)
        }
      },
    )
    expect(await failure('PUT')).toMatchObject({ kind: 'unreachable', sent: 'unknown', status: 0 })
  })

  test('adds a hint if the browser says that it is offline', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    bigv.answer = (_, response) => response.destroy()
    expect(await failure('PUT')).toMatchObject({
      sent: 'unknown',
      message: 'The connection failed before BigV answered. Your computer says that it is offline.',
    })
  })

  test('shows no credentials or passwords', async () => {
    signIn({ ...credentials, password: 'hunter2', otp: 'cccjgjgkhcbb' }, false)
    for (const [, answer] of FAILURES) {
      bigv.answer = (_, response) => answer(response)
      const error = await failure('POST', { body: { root_password: 'tops3cret' } })
      const shown = JSON.stringify([error, error.message, error.trace, error.text, error.fields])
      for (const secret of ['hunter2', 'cccjgjgkhcbb', 'tops3cret', btoa('demo:hunter2')]) {
        expect(shown).not.toContain(secret)
      }
    }
  })
})

describe('on a keep-alive connection that is cut without an answer,', () => {
  test.each(METHODS)('a %s is sent only once', async (method) => {
    const sockets = new Set<unknown>()
    bigv.answer = (_, response) => {
      sockets.add(response.socket)
      json(response, 200, {})
    }
    await request('GET', '/first', { schema: anything })
    await setImmediate() // Node's fetch only reuses a connection in a later turn of the event loop.
    bigv.answer = (_, response) => {
      sockets.add(response.socket)
      response.destroy()
    }
    expect(await failure(method)).toMatchObject({ kind: 'unreachable', sent: 'unknown' })
    expect(sockets.size).toBe(1)
    expect(bigv.received.map(({ path }) => path)).toEqual(['/first', '/x'])
  })
})
