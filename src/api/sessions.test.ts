import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { currentSession, lastGoodAnswer, signIn, signOut } from '../session/session.ts'
import { ApiError } from './errors.ts'
import { request } from './http.ts'
import { anything } from './schema.ts'
import { fetchCredentials, keepSessionAlive, renewCredentials } from './sessions.ts'
import { json, startFakeBigv, type FakeBigv } from './testing/fake-bigv.ts'

const TYPED = { account: 'acme', username: 'demo', password: 's3cret', otp: '' }
const TOKEN = { account: 'acme', username: 'demo', token: 'a-token' }

let bigv: FakeBigv
beforeEach(async () => {
  bigv = await startFakeBigv()
})
afterEach(async () => {
  signOut()
  await bigv.close()
})

const text = (status: number, body: string, type = 'text/plain'): FakeBigv['answer'] => {
  return (_, response) => response.writeHead(status, { 'Content-Type': type }).end(body)
}
const failure = async (work: Promise<unknown>): Promise<ApiError> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  if (error instanceof ApiError) return error
  throw new Error(`No ApiError: ${String(error)}`)
}

describe('a session token', () => {
  test('replaces the password, which is sent to the auth service once and isn’t stored', async () => {
    bigv.answer = text(200, 'a-token\n')
    expect(await fetchCredentials('token', TYPED)).toEqual(TOKEN)
    expect(bigv.received).toMatchObject([
      { method: 'POST', path: '/auth/session', body: { username: 'demo', password: 's3cret' } },
    ])
    expect(bigv.received[0]?.headers).toMatchObject({ accept: 'text/plain' })
    expect(bigv.received[0]?.headers).not.toHaveProperty('authorization')
    expect(bigv.received[0]?.body).not.toHaveProperty('yubikey')
  })

  test('is requested with the OTP, and is kept as a string even if it looks like JSON', async () => {
    bigv.answer = text(200, '12345678901234567890')
    const credentials = await fetchCredentials('token', { ...TYPED, otp: 'cccc' })
    expect(credentials).toMatchObject({ token: '12345678901234567890' })
    expect(bigv.received[0]?.body).toEqual({ username: 'demo', password: 's3cret', yubikey: 'cccc' })
  })

  test.each([
    ['an empty text', ''],
    ['HTML', '<html>Hello</html>'],
    ['two words', 'two words'],
    ['two lines', 'a\nb'],
    ['a non-ASCII letter', 'ü'],
    ['JSON', '{"token":"x"}'],
    ['9,000 characters', 'x'.repeat(9_000)],
  ])('is rejected if the auth service answers with %s, which no header can carry', async (_, body) => {
    bigv.answer = text(200, body)
    const error = await failure(fetchCredentials('token', TYPED))
    expect(error).toMatchObject({
      kind: 'malformed',
      message: 'The auth service’s answer isn’t a session token.',
    })
  })

  test('can be refused by the auth service, which the error names and quotes', async () => {
    bigv.answer = text(401, 'Bad login credentials')
    const error = await failure(fetchCredentials('token', TYPED))
    expect(error).toMatchObject({
      status: 401,
      text: 'Bad login credentials',
      trace: { path: '/auth/session' },
    })
    expect(error.message).toMatch(/^The auth service rejected your sign-in \(401\): Bad login credentials\.$/)
    bigv.answer = (_, response) => json(response, 502, { reason: 'Nobody there.', sent: false })
    expect((await failure(fetchCredentials('token', TYPED))).message).toBe(
      'Couldn’t reach the auth service: Nobody there.',
    )
  })

  test('is sent as Bearer with every request, without an OTP', async () => {
    signIn(TOKEN, false)
    bigv.answer = (_, response) => json(response, 200, {})
    await request('GET', '/accounts', { schema: anything })
    await request('PUT', '/accounts/acme', { schema: anything, body: {} })
    for (const { headers } of bigv.received) {
      expect(headers).toMatchObject({ authorization: 'Bearer a-token' })
      expect(headers).not.toHaveProperty('x-yubikey-otp')
    }
  })

  test('is kept alive by a small GET, with the token in a header and never in the path', async () => {
    signIn(TOKEN, false, 1_000)
    bigv.answer = (_, response) => json(response, 200, { id: 1, name: 'acme' })
    await keepSessionAlive('acme')
    expect(bigv.received.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /accounts/acme'])
    expect(bigv.received[0]?.headers).toMatchObject({ authorization: 'Bearer a-token' })
    expect(lastGoodAnswer()).toBeGreaterThan(1_000)
  })

  test('is kept alive by another GET if its account no longer exists', async () => {
    signIn(TOKEN, false, 1_000)
    bigv.answer = ({ path }, response) => json(response, path === '/accounts' ? 200 : 404, [])
    await keepSessionAlive('acme')
    expect(bigv.received.map(({ path }) => path)).toEqual(['/accounts/acme', '/accounts'])
    expect(lastGoodAnswer()).toBeGreaterThan(1_000)
  })

  test('expires the session if BigV rejects the token', async () => {
    signIn(TOKEN, false)
    bigv.answer = text(401, 'Authentication failed')
    await failure(keepSessionAlive('acme'))
    expect(currentSession().expired).toBe(true)
    expect(bigv.received).toHaveLength(1)
  })
})

test('renewCredentials signs in as before, and checks that BigV accepts the user', async () => {
  bigv.answer = ({ path }, response) =>
    path === '/auth/session' ? response.end('newer') : json(response, 200, { id: 1, name: 'acme' })
  expect(await renewCredentials(TOKEN, TYPED)).toEqual({ ...TOKEN, token: 'newer' })
  expect(bigv.received.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ['/auth/session', undefined],
    ['/accounts/acme', 'Bearer newer'],
  ])
  expect(await renewCredentials(TYPED, { ...TYPED, otp: 'new' })).toEqual({ ...TYPED, otp: 'new' })
  expect(bigv.received).toHaveLength(3)
  bigv.answer = text(401, '')
  expect((await failure(renewCredentials(TYPED, TYPED))).status).toBe(401)
})

test('renewCredentials works even if the account has been renamed', async () => {
  bigv.answer = ({ path }, response) => json(response, path === '/accounts' ? 200 : 404, [])
  const renewed = { ...TYPED, otp: 'new' }
  expect(await renewCredentials(TYPED, renewed)).toEqual(renewed)
  expect(bigv.received.map(({ path, headers }) => [path, headers['x-yubikey-otp']])).toEqual([
    ['/accounts/acme', 'new'],
    ['/accounts', 'new'],
  ])
})

describe('when the user changes', () => {
  test('a running GET is cancelled, so that the next user doesn’t get its answer', async () => {
    signIn(TYPED, false)
    const failed = failure(request('GET', '/accounts', { schema: anything }))
    const asked = new Promise<void>((resolve) => {
      bigv.answer = () => resolve()
    })
    await asked
    signIn({ ...TYPED, username: 'colleague' }, false)
    const error = await failed
    expect(error).toMatchObject({ kind: 'refused', status: 0 })
    expect(error.message).toBe('You signed out, or another user signed in, so the request was cancelled.')
  })

  test('a running write is not cancelled', async () => {
    signIn(TYPED, false)
    bigv.answer = (_, response) => {
      signOut()
      json(response, 200, { done: true })
    }
    expect((await request('PUT', '/x', { schema: anything, body: {} })).data).toEqual({ done: true })
  })
})
