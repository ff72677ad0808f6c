import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Credentials } from '../session/credentials.ts'
import { signIn, signOut } from '../session/session.ts'
import type { RequestTrace } from './errors.ts'
import { request, type Method } from './http.ts'
import { anything, z } from './schema.ts'
import { failure } from './testing/failure.ts'
import { json, startFakeBigv, type FakeBigv } from './testing/fake-bigv.ts'

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

describe('a request', () => {
  test('sends credentials as HTTP Basic in UTF-8, and no OTP header without an OTP', async () => {
    signIn(credentials, false)
    await request('GET', '/accounts/a%2Fb?view=overview', { schema: anything })
    const [got] = bigv.received
    expect(got).toMatchObject({ method: 'GET', path: '/accounts/a%2Fb?view=overview', body: undefined })
    expect(got?.headers).toMatchObject({
      accept: 'application/json',
      authorization: `Basic ${Buffer.from('demo:se:cret-ü').toString('base64')}`,
    })
    expect(got?.headers).not.toHaveProperty('x-yubikey-otp')
    expect(got?.headers).not.toHaveProperty('content-type')
  })

  test('always sends the OTP', async () => {
    signIn({ ...credentials, otp: 'cccjgjgkhcbb' }, false)
    for (const method of METHODS) await request(method, '/x', { schema: anything })
    expect(bigv.received.map(({ headers }) => headers['x-yubikey-otp'])).toEqual(
      METHODS.map(() => 'cccjgjgkhcbb'),
    )
  })

  test('sends the given credentials instead of the session’s, or none', async () => {
    signIn(credentials, false)
    await request('GET', '/x', { schema: anything, credentials: { ...credentials, username: 'other' } })
    await request('GET', '/x', { schema: anything, credentials: null })
    expect(bigv.received.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${Buffer.from('other:se:cret-ü').toString('base64')}`,
      undefined,
    ])
  })

  test.each([
    ['sends its body if it is a POST', 'POST', { signal: 'reset' }, { signal: 'reset' }],
    ['sends an empty object if it is a POST without a body', 'POST', undefined, {}],
    [
      'sends false and null if it is a PUT with them',
      'PUT',
      { power_on: false, cdrom_url: null },
      { power_on: false, cdrom_url: null },
    ],
    ['sends no body if it is a DELETE', 'DELETE', undefined, undefined],
  ] as const)('%s', async (_, method, body, sent) => {
    await request(method, '/x', { schema: anything, body })
    expect(bigv.received.map(({ body }) => body)).toEqual([sent])
    if (method !== 'DELETE') expect(bigv.received[0]?.headers['content-type']).toBe('application/json')
  })
})

test.each(WRITES)('a %s is sent even if the browser says that it is offline', async (method) => {
  vi.stubGlobal('navigator', { onLine: false })
  await request(method, '/x', { schema: anything })
  expect(bigv.received).toHaveLength(1)
})

describe('a good answer', () => {
  test('yields its status and data, with unknown attributes', async () => {
    bigv.answer = (_, response) => json(response, 202, { id: 1, power_on: false, colour: 'red' })
    expect(await request('GET', '/x', { schema: machine })).toEqual({
      status: 202,
      data: { id: 1, power_on: false, colour: 'red' },
    })
  })

  test('may be empty if the caller ignores the body', async () => {
    bigv.answer = (_, response) => response.writeHead(204).end()
    expect(await request('DELETE', '/x', { schema: anything })).toEqual({ status: 204, data: undefined })
  })

  test('may be plain text if the caller ignores the body', async () => {
    bigv.answer = (_, response) => response.end('OK')
    expect((await request('POST', '/x', { schema: anything })).status).toBe(200)
  })

  test('reports its request’s method and path, and its own status and duration', async () => {
    const traces: RequestTrace[] = []
    const before = Date.now()
    await request('PUT', '/x?y=1', { schema: anything, onTrace: (trace) => traces.push(trace) })
    expect(traces).toEqual([
      {
        method: 'PUT',
        path: '/x?y=1',
        status: 200,
        startedAt: expect.any(Number),
        duration: expect.any(Number),
      },
    ])
    expect(traces[0]?.startedAt).toBeGreaterThanOrEqual(before)
    expect(traces[0]?.duration).toBeGreaterThanOrEqual(0)
  })
})

describe('an OTP typed on another keyboard layout', () => {
  test('is reported, and nothing is sent', async () => {
    signIn({ ...credentials, otp: 'сссйгйг' }, false)
    const error = await failure('PUT')
    expect(error).toMatchObject({ kind: 'unreachable', sent: 'no' })
    expect(error.message).toContain('another keyboard layout')
    expect(bigv.received).toEqual([])
  })
})
