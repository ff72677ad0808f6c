import { describe, expect, test } from 'vitest'
import { basic } from '../tests/bigv.ts'
import { uniqueName, useScratchGroup } from './group.ts'
import { ask, askWith, isWritable, useTarget } from './target.ts'

useTarget()

type Privilege = { id: number; level: string; username: string }

const newUser = async (
  more: object = {},
): Promise<{ username: string; as: Record<string, string>; id: number }> => {
  const username = uniqueName('user').replaceAll('-', '')
  const body = { username, password: 'secret', email: 'a@example.com', ...more }
  const reply = await askWith({}, 'POST', '/users', body)
  expect(reply.status).toBe(200)
  return { username, as: basic(username, 'secret'), id: (reply.json as { id: number }).id }
}

const grant = (username: string, wanted: object) => ask('POST', `/users/${username}/privileges`, wanted)

describe.runIf(isWritable)('bigv-api.md, section 10: users', () => {
  test('creates a user and their account for a request without credentials', async () => {
    const account_name = uniqueName('account')
    const { as, username, id } = await newUser({ account_name })
    expect((await askWith(as, 'GET', '/accounts')).json).toMatchObject([{ name: account_name }])
    const groups = await askWith(as, 'GET', `/accounts/${account_name}/groups`)
    expect(groups.json).toMatchObject([{ name: 'default' }])
    const user = await askWith(as, 'GET', `/users/${username}`)
    expect(user.json).toEqual({ id, username, email: 'a@example.com', authorized_keys: null })
    expect((await askWith(as, 'GET', `/users/${id}`)).json).toEqual(user.json)
    expect((await askWith(as, 'DELETE', `/users/${id}`)).status).toBe(204)
    expect((await askWith(as, 'GET', '/accounts')).status).toBe(401)
  })

  test('accepts a password as a crypt hash', async () => {
    // Made with `openssl passwd -1 -salt xyz01234 secret`
    const { username, as } = await newUser({ password: '$1$xyz01234$CSdmTkEl.uVXsj4LiHTHU.' })
    expect((await askWith(as, 'GET', `/users/${username}`)).status).toBe(200)
    expect((await askWith(basic(username, 'wrong'), 'GET', '/users')).status).toBe(401)
  })

  test('changes the SSH keys, but not the name or the email address', async () => {
    const { username, as } = await newUser()
    const path = `/users/${username}`
    const whole = (await askWith(as, 'GET', path)).json as object
    const sent = {
      ...whole,
      username: 'other',
      email: 'b@example.com',
      authorized_keys: 'ssh-rsa AAA a\nssh-rsa BBB b',
    }
    const reply = await askWith(as, 'PUT', path, sent)
    expect(reply).toMatchObject({ status: 200, json: { ...whole, authorized_keys: sent.authorized_keys } })
    expect((await askWith(as, 'GET', path)).json).toEqual(reply.json)
  })

  test.each([
    ['a username of two letters', { username: 'ab' }, 'username', 'is too short (minimum is 3 characters)'],
    ['an empty username', { username: '' }, 'username', "can't be blank"],
    ['a space in the username', { username: 'two words' }, 'username', 'is invalid'],
    ['an empty password', { password: '' }, 'password', "can't be blank"],
  ])('refuses a user with %s', async (_, bad, field, message) => {
    const body = { username: uniqueName('user').replaceAll('-', ''), password: 'secret', ...bad }
    expect(await askWith({}, 'POST', '/users', body)).toMatchObject({
      status: 400,
      json: { [field]: [message] },
    })
  })

  test('refuses a username that is in use', async () => {
    const { username } = await newUser()
    const reply = await askWith({}, 'POST', '/users', { username, password: 'x' })
    expect(reply).toMatchObject({ status: 400, json: { username: ['has already been taken'] } })
  })
})

describe.runIf(isWritable)('bigv-api.md, section 10: privileges', () => {
  const group = useScratchGroup()

  test('grants, changes and revokes a privilege', async () => {
    const { username, as } = await newUser()
    expect((await askWith(as, 'GET', group.path)).status).toBe(404)
    const wanted = {
      group_id: group.id,
      level: 'group_admin',
      password_required: true,
      yubikey_required: false,
    }
    const granted = await grant(username, wanted)
    expect(granted).toMatchObject({ status: 200, json: { ...wanted, username } })
    const { id } = granted.json as Privilege
    expect((await askWith(as, 'GET', group.path)).status).toBe(200)
    expect((await askWith(as, 'PUT', group.path, {})).status).toBe(200)
    expect((await ask('GET', `${group.path}/privileges`)).json).toContainEqual(granted.json)
    expect((await ask('GET', `/users/${username}/privileges`)).json).toEqual([granted.json])
    expect((await ask('GET', `/privileges/${id}`)).json).toEqual(granted.json)
    const changed = await ask('PUT', `/privileges/${id}`, { yubikey_otp_max_age: 60, level: 'vm_console' })
    expect(changed).toMatchObject({ status: 200, json: { yubikey_otp_max_age: 60, level: 'group_admin' } })
    expect((await ask('DELETE', `/privileges/${id}`)).status).toBe(204)
    expect((await askWith(as, 'GET', group.path)).status).toBe(404)
  })

  test('does not let an account_admin grant account_admin or more', async () => {
    const { username } = await newUser()
    const { json } = await ask('GET', group.path)
    const { account_id } = json as { account_id: number }
    expect((await grant(username, { account_id, level: 'account_admin' })).status).toBe(403)
    expect((await grant(username, { level: 'cluster_admin' })).status).toBe(403)
  })

  test('refuses invalid privileges', async () => {
    const { username } = await newUser()
    expect((await grant(username, { group_id: group.id })).json).toMatchObject({
      level: [expect.any(String)],
    })
    expect((await grant(username, { group_id: group.id, level: 'king' })).status).toBe(400)
    expect((await grant(username, { group_id: 999_999_999, level: 'vm_admin' })).status).toBe(400)
    const bad = { group_id: group.id, level: 'vm_admin', ip_restrictions: 'everywhere' }
    expect((await grant(username, bad)).status).toBe(400)
    expect((await grant('nobodyatall', { group_id: group.id, level: 'vm_admin' })).status).toBe(404)
  })
})
