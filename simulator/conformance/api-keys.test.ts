import { describe, expect, test } from 'vitest'
import { uniqueName, useScratchGroup } from './group.ts'
import { ask, askWith, isOwnSimulator, isWritable, useTarget } from './target.ts'

useTarget()

type ApiKey = { id: number; user_id: number; api_key: string }

const bearer = (key: string): Record<string, string> => ({ Authorization: `Bearer apikey.${key}` })

/** Creates an API key for the user demo. */
const newKey = async (more: object = {}): Promise<ApiKey & { label: string; username: string }> => {
  const user = (await ask('GET', '/users/demo')).json as { id: number }
  const label = uniqueName('key')
  const made = await ask('POST', '/api_keys', { user_id: user.id, label, ...more })
  expect(made).toMatchObject({ status: 200, json: { user_id: user.id, label } })
  return { ...(made.json as ApiKey), label, username: 'demo' }
}

const listed = async (query = ''): Promise<{ id: number }[]> =>
  (await ask('GET', `/api_keys${query}`)).json as { id: number }[]

describe.runIf(isWritable && isOwnSimulator)('bigv-api.md, section 13: API keys', () => {
  const group = useScratchGroup()

  test('creates an API key, shows it once, lists it and deletes it', async () => {
    const { id, user_id, label, api_key } = await newKey()
    expect(api_key).toMatch(/^\w{20,}$/)
    const plain = { id, user_id, label, expires_at: null }
    expect(await listed()).toContainEqual(plain)
    expect(await listed('?view=overview')).toContainEqual({ ...plain, privileges: [] })
    expect((await askWith(bearer(api_key), 'GET', '/accounts')).status).toBe(200)
    expect(await ask('DELETE', `/api_keys/${id}`)).toMatchObject({ status: 204, text: '' })
    expect((await askWith(bearer(api_key), 'GET', '/accounts')).status).toBe(401)
    expect((await ask('DELETE', `/api_keys/${id}`)).status).toBe(404)
    expect((await listed()).map((key) => key.id)).not.toContain(id)
  })

  test('gives an API key only its own privileges, not those of its user', async () => {
    const { id, api_key, username } = await newKey()
    const as = bearer(api_key)
    expect((await askWith(as, 'GET', group.path)).status).toBe(404)
    const wanted = { group_id: group.id, level: 'group_admin', api_key_id: id }
    const granted = await ask('POST', `/users/${username}/privileges`, wanted)
    expect(granted).toMatchObject({ status: 200, json: wanted })
    expect((await askWith(as, 'PUT', group.path, {})).status).toBe(200)
    expect((await askWith(as, 'GET', '/accounts/birch')).status).toBe(404)
    expect(await listed('?view=overview')).toContainEqual(
      expect.objectContaining({ id, privileges: [granted.json] }),
    )
    await ask('DELETE', `/api_keys/${id}`)
    const privileges = (await ask('GET', `${group.path}/privileges`)).json
    expect(privileges).not.toContainEqual(granted.json)
  })

  test('hides an API key from other users, who cannot use or delete it', async () => {
    const { id } = await newKey()
    const username = uniqueName('user').replaceAll('-', '')
    const other = await askWith({}, 'POST', '/users', { username, password: 'secret' })
    const as = { Authorization: `Basic ${Buffer.from(`${username}:secret`).toString('base64')}` }
    const wanted = { group_id: group.id, level: 'group_admin', api_key_id: id }
    expect((await ask('POST', `/users/${username}/privileges`, wanted)).json).toMatchObject({
      api_key_id: [expect.any(String)],
    })
    expect((await askWith(as, 'GET', '/api_keys')).json).toEqual([])
    expect((await askWith(as, 'DELETE', `/api_keys/${id}`)).status).toBe(404)
    const { id: user_id } = other.json as { id: number }
    expect((await ask('POST', '/api_keys', { user_id, label: 'theirs' })).json).toMatchObject({
      user_id: [expect.any(String)],
    })
  })

  test('refuses an expired API key', async () => {
    const past = await newKey({ expires_at: '2016-01-01T00:00:00Z' })
    expect((await askWith(bearer(past.api_key), 'GET', '/accounts')).status).toBe(401)
    for (const expires_at of ['2999-01-01T00:00:00+01:00', '23:59:59', null]) {
      const { api_key } = await newKey({ expires_at })
      expect((await askWith(bearer(api_key), 'GET', '/accounts')).status).toBe(200)
    }
  })

  test.each([
    ['an empty label', { label: '' }, 'label'],
    ['an unknown user', { user_id: 999_999_999 }, 'user_id'],
    ['a word as its end', { expires_at: 'soon' }, 'expires_at'],
    ['a number as its end', { expires_at: 17 }, 'expires_at'],
  ])('refuses an API key with %s', async (_, bad, field) => {
    expect(await ask('POST', '/api_keys', { label: 'key', ...bad })).toMatchObject({
      status: 400,
      json: { [field]: [expect.any(String)] },
    })
  })
})
