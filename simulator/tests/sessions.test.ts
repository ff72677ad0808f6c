import { describe, expect, test } from 'vitest'
import { limits } from '../rules/limits.ts'
import { askAs, request, useBigV } from './bigv.ts'

const bigv = useBigV({ tokens: ['apikey.one', 'plain-two'] })
const open = (body: unknown, headers = {}) =>
  request(`${bigv.url}/session`, 'POST', { Accept: 'text/plain', ...headers }, body)
const bearer = (token: string) => askAs(bigv.url, { Authorization: `Bearer ${token}` })
const demo = { username: 'demo', password: 'demo', validity: '1800' }

describe('sessions', () => {
  test('have a plain-text token, which works as a bearer token', async () => {
    const reply = await open(demo)
    expect(reply).toMatchObject({ status: 200, type: 'text/plain' })
    expect(reply.text).toMatch(/^[\w.-]+$/)
    expect((await bearer(reply.text)('GET', '/accounts/acme')).status).toBe(200)
    const session = await bearer('')('GET', `/session/${reply.text}`)
    expect(session.json).toEqual({ username: 'demo', factors: ['password'], group_memberships: [] })
  })

  test('can be opened with a form, as the Python client does', async () => {
    const reply = await open('username=demo&password=demo', {
      'Content-Type': 'application/x-www-form-urlencoded',
    })
    expect(reply.status).toBe(200)
  })

  test('last five minutes, extended by each use', async () => {
    const { text: token } = await open(demo)
    const almost = limits.sessionAge * 1000 - 60_000
    for (const path of ['/accounts', `/session/${token}`, '/accounts/acme']) {
      await bigv.control.ageCredentials(almost)
      expect((await bearer(token)('GET', path)).status).toBe(200)
    }
    await bigv.control.ageCredentials(limits.sessionAge * 1000 + 1)
    expect((await bearer(token)('GET', '/accounts')).status).toBe(401)
    expect((await bearer(token)('GET', `/session/${token}`)).status).toBe(404)
  })

  test('are not extended by a refused request', async () => {
    const { text: token } = await open(demo)
    await bigv.control.ageCredentials(limits.sessionAge * 1000 - 60_000)
    expect((await bearer(token)('GET', '/accounts/nosuch')).status).toBe(404)
    await bigv.control.ageCredentials(60_001)
    expect((await bearer(token)('GET', '/accounts')).status).toBe(401)
  })

  test('can all be ended by a test', async () => {
    const { text: token } = await open(demo)
    await bigv.control.expireSessions()
    expect((await bearer(token)('GET', '/accounts')).status).toBe(401)
  })

  test('are refused with the messages that the clients look for', async () => {
    expect(await open({ ...demo, password: 'x' })).toMatchObject({
      status: 401,
      text: 'Bad login credentials',
    })
    expect(await open({ username: 'demo' })).toMatchObject({ status: 400, text: 'Badly-formed parameters' })
    expect(await open({ username: 5, password: [] })).toMatchObject({
      status: 400,
      text: 'Badly-formed parameters',
    })
  })

  test('need no further OTP if they were opened with an OTP', async () => {
    const body = {
      username: 'yubi',
      password: 'yubi',
      yubikey: 'fghijklnrtuvcbdefghijklnrtuvcbdefghijklnrtuv',
    }
    const { text: token } = await open(body)
    expect((await bearer(token)('GET', '/accounts/acme')).status).toBe(200)
    expect((await bearer(token)('GET', `/session/${token}`)).json).toMatchObject({
      factors: ['password', 'yubikey'],
    })
    const { text: without } = await open({ username: 'yubi', password: 'yubi' })
    expect((await bearer(without)('GET', '/accounts/acme')).status).toBe(401)
  })

  test('can be opened by staff as another user', async () => {
    const { text: staff } = await open({ username: 'staff', password: 'staff' })
    const { text: token } = await request(
      `${bigv.url}/session/${staff}`,
      'POST',
      {},
      { username: 'colleague' },
    )
    expect((await bearer(token)('GET', `/session/${token}`)).json).toMatchObject({ username: 'colleague' })
    const { text: own } = await open(demo)
    expect((await request(`${bigv.url}/session/${own}`, 'POST', {}, { username: 'staff' })).status).toBe(403)
  })

  test('can be replaced by a token from BIGV_SIMULATOR_TOKENS, which signs in as demo', async () => {
    for (const token of ['apikey.one', 'plain-two']) {
      expect((await bearer(token)('GET', '/accounts/acme')).status).toBe(200)
      expect((await bearer(token)('GET', `/session/${token}`)).json).toMatchObject({ username: 'demo' })
    }
    expect((await bearer('apikey.other')('GET', '/accounts')).status).toBe(401)
  })
})
