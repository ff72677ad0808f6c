import { describe, expect, test } from 'vitest'
import { uniqueName, useScratchGroup, type Group } from './group.ts'
import { account, ask, isWritable, sendAs, useTarget } from './target.ts'

useTarget()

describe.runIf(isWritable)('bigv-api.md, section 6: groups', () => {
  const group = useScratchGroup()
  const groups = `/accounts/${account}/groups`

  test('creates, lists, renames and deletes a group', async () => {
    const name = uniqueName('group')
    const made = await ask('POST', groups, { name })
    expect(made).toMatchObject({ status: 200, type: 'application/json', json: { name } })
    const { id, account_id } = made.json as Group
    expect((await ask('GET', groups)).json).toContainEqual({ id, account_id, name })
    const renamed = await ask('PUT', `${groups}/${name}`, { name: `${name}-2` })
    expect(renamed).toMatchObject({ status: 200, json: { id, name: `${name}-2` } })
    expect((await ask('GET', `${groups}/${name}`)).status).toBe(404)
    const gone = await ask('DELETE', `${groups}/${id}`)
    expect(gone).toMatchObject({ status: 204, text: '', type: null })
    expect((await ask('GET', `${groups}/${id}`)).status).toBe(404)
  })

  test('refuses invalid names with a reason', async () => {
    expect(await ask('POST', groups, {})).toMatchObject({ status: 400, json: { name: ["can't be blank"] } })
    expect(await ask('POST', groups, { name: '' })).toMatchObject({
      status: 400,
      json: { name: ["can't be blank"] },
    })
    expect((await ask('POST', groups, { name: 7 })).status).toBe(400)
    expect((await ask('POST', groups, { name: group.name })).status).toBe(400)
    expect((await ask('PUT', group.path, { name: 'default' })).status).toBe(400)
    expect((await ask('GET', group.path)).json).toMatchObject({ name: group.name })
  })

  test('does not delete a group that has machines, even deleted ones', async () => {
    const machine = await group.bareMachine()
    expect((await ask('DELETE', group.path)).status).toBe(400)
    await ask('DELETE', group.machinePath(machine.id))
    expect((await ask('DELETE', group.path)).status).toBe(400)
    expect((await ask('GET', group.path)).status).toBe(200)
  })

  test('treats a plus in a path as a space', async () => {
    const name = `${uniqueName('with')} space`
    const made = await ask('POST', groups, { name })
    expect(made.status).toBe(200)
    const { id } = made.json as Group
    expect((await ask('GET', `${groups}/${name.replace(' ', '+')}`)).json).toMatchObject({ id })
    expect((await ask('DELETE', `${groups}/${name.replace(' ', '%20')}`)).status).toBe(204)
  })
})

describe.runIf(isWritable)('bigv-api.md, section 5: accounts', () => {
  test('does not change the name of an account', async () => {
    const name = uniqueName('renamed')
    await ask('PUT', `/accounts/${account}`, { name })
    expect((await ask('GET', `/accounts/${account}`)).json).toMatchObject({ name: account })
    expect((await ask('GET', `/accounts/${name}`)).status).toBe(404)
  })

  test('does not let an account_admin delete the account', async () => {
    expect((await ask('DELETE', `/accounts/${account}`)).status).toBe(403)
  })
})

describe.runIf(isWritable)('bigv-api.md, section 1: request bodies', () => {
  const group = useScratchGroup()

  test('accepts an empty PUT, and changes nothing', async () => {
    const machine = await group.bareMachine([], { cores: 2 })
    const before = (await ask('GET', group.machinePath(machine.id))).json
    expect(await ask('PUT', group.machinePath(machine.id), {})).toMatchObject({
      status: 200,
      json: before as object,
    })
  })

  test('drops unknown and read-only attributes silently', async () => {
    const machine = await group.bareMachine()
    const sent = { appliance: { name: 'rescue' }, hostname: 'x.example.com', id: 1, head: 'head1', cores: 3 }
    const reply = await ask('PUT', group.machinePath(machine.id), sent)
    expect(reply).toMatchObject({
      status: 200,
      json: { id: machine.id, hostname: machine.hostname, head: null, cores: 3 },
    })
  })

  test('refuses a write without a JSON Content-Type', async () => {
    expect((await sendAs('PUT', group.path, '{}')).status).toBe(400)
    expect((await sendAs('POST', `${group.path}/virtual_machines`, '{"name":"x"}')).status).toBe(400)
    expect((await sendAs('PUT', group.path, '{}', 'application/json; charset=utf-8')).status).toBe(200)
  })
})
