import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Credentials } from '../session/credentials.ts'
import { currentSession, signIn, signOut, subscribeSession } from '../session/session.ts'
import { request, type Method } from './http.ts'
import { anything } from './schema.ts'
import { failure } from './testing/failure.ts'
import { startFakeBigv, type FakeBigv } from './testing/fake-bigv.ts'

// Requests that end before BigV answers: by the session, the page or a time-out.

const credentials: Credentials = { account: 'acme', username: 'demo', password: 'se:cret-ü', otp: '' }
const METHODS: Method[] = ['GET', 'POST', 'PUT', 'DELETE']

let bigv: FakeBigv

beforeEach(async () => {
  bigv = await startFakeBigv()
})
afterEach(async () => {
  vi.restoreAllMocks()
  signOut()
  await bigv.close()
})

describe('an answer with 401', () => {
  beforeEach(() => {
    signIn(credentials, false)
    bigv.answer = (_, response) => response.writeHead(401).end()
  })

  test('makes the dashboard ask the user to sign in again', async () => {
    await failure()
    expect(currentSession()).toMatchObject({ expired: true, credentials })
  })

  test('expires the session only once, even if two requests get it', async () => {
    const refused: boolean[] = []
    const end = subscribeSession(() => refused.push(currentSession().expired))
    await Promise.all([failure(), failure('PUT')])
    end()
    expect(refused).toEqual([true])
  })

  test('doesn’t expire the session if its credentials were renewed during the request', async () => {
    bigv.answer = (_, response) => {
      signIn({ ...credentials, password: 'newer' }, false)
      response.writeHead(401).end()
    }
    await failure()
    expect(currentSession().expired).toBe(false)
  })

  test('doesn’t expire the session if the request was sent with other credentials', async () => {
    await failure('GET', { credentials: { ...credentials, password: 'wrong' } })
    await failure('GET', { credentials })
    await failure('GET', { credentials: null })
    expect(currentSession().expired).toBe(false)
  })

  test('expires the session, and 403, 404 and 500 don’t', async () => {
    for (const status of [403, 404, 500]) {
      bigv.answer = (_, response) => response.writeHead(status).end()
      await failure()
    }
    expect(currentSession().expired).toBe(false)
  })
})

describe('a cancelled GET', () => {
  test('throws the reason of its AbortSignal', async () => {
    const controller = new AbortController()
    const reason = new Error('The page was left.')
    bigv.answer = () => controller.abort(reason)
    await expect(request('GET', '/x', { schema: anything, signal: controller.signal })).rejects.toBe(reason)
  })

  test('throws the reason of its AbortSignal even if half of the body has arrived', async () => {
    const controller = new AbortController()
    const reason = new Error('The page was left.')
    onBody(() => controller.abort(reason))
    bigv.answer = halfAnswer
    await expect(request('GET', '/x', { schema: anything, signal: controller.signal })).rejects.toBe(reason)
  })
})

describe('a time-out', () => {
  let limit: AbortController
  let limits: number[]
  const timeUp = () => limit.abort(new DOMException('Time is up.', 'TimeoutError'))

  beforeEach(() => {
    limit = new AbortController()
    limits = []
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      limits.push(ms)
      return limit.signal
    })
  })

  test('is 20 s for GETs and 10 min for writes', async () => {
    for (const method of METHODS) await request(method, '/x', { schema: anything })
    expect(limits).toEqual([20_000, 600_000, 600_000, 600_000])
  })

  test.each(METHODS)('ends a %s that gets no answer', async (method) => {
    bigv.answer = timeUp
    expect(await failure(method)).toMatchObject({
      kind: 'timeout',
      sent: 'unknown',
      status: 0,
      message: 'No answer from BigV in time.',
    })
    expect(bigv.received).toHaveLength(1)
  })

  test.each(METHODS)('ends a %s whose answer never ends', async (method) => {
    onBody(timeUp)
    bigv.answer = halfAnswer
    expect(await failure(method)).toMatchObject({ kind: 'timeout', status: 200 })
  })

  test('applies to requests with an AbortSignal of their own as well', async () => {
    onBody(timeUp)
    bigv.answer = halfAnswer
    expect(await failure('GET', { signal: new AbortController().signal })).toMatchObject({ kind: 'timeout' })
  })
})

/** Begins an answer that never ends. */
function halfAnswer(_: unknown, response: ServerResponse) {
  response.writeHead(200, { 'Content-Length': '100' }).write('{')
}

/** Acts once the headers have arrived and the body is being read. */
function onBody(action: () => void) {
  const spy = vi.spyOn(ReadableStreamDefaultReader.prototype, 'read')
  spy.mockImplementationOnce(function readChunk(this: ReadableStreamDefaultReader) {
    spy.mockRestore()
    const chunk = this.read()
    action()
    return chunk
  })
}
