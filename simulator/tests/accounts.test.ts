import { describe, expect, test } from 'vitest'
import { isLoopbackUrl } from '../conformance/target.ts'
import { groupPath, useBigV } from './bigv.ts'

const bigv = useBigV()

type Named = { id: number; name: string }

describe('accounts', () => {
  test('begin with their creator as admin, and with one group', async () => {
    const ask = bigv.owner(await bigv.control.createAccount())
    const made = await ask('POST', '/accounts', { name: 'elm' })
    expect(made).toMatchObject({ status: 200, json: { name: 'elm', suspended: false } })
    expect((await ask('GET', '/accounts/elm/groups')).json).toMatchObject([{ name: 'default' }])
    const machine = { virtual_machine: { name: 'www' } }
    expect((await ask('POST', '/accounts/elm/groups/default/vm_create', machine)).status).toBe(202)
    expect((await ask('POST', '/accounts', { name: 'ELM' })).json).toMatchObject({
      name: ['has already been taken'],
    })
    expect((await ask('POST', '/accounts', {})).json).toMatchObject({ name: ["can't be blank"] })
  })

  test('can be suspended by staff only', async () => {
    const account = await bigv.control.createAccount()
    const path = `/accounts/${account.id}`
    expect((await bigv.owner(account)('PUT', path, { suspended: true })).status).toBe(403)
    expect((await bigv.as('staff')('PUT', path, { suspended: true })).json).toMatchObject({ suspended: true })
    expect((await bigv.owner(account)('GET', path)).json).toMatchObject({ suspended: true })
  })

  test('take their groups and privileges with them if they are deleted', async () => {
    const account = await bigv.control.createAccount()
    expect((await bigv.as('staff')('DELETE', `/accounts/${account.account}`)).status).toBe(204)
    expect((await bigv.as('staff')('GET', `/groups/${account.groups[0]?.id}`)).status).toBe(404)
    expect((await bigv.owner(account)('GET', '/privileges')).json).toEqual([])
  })
})

describe('flat lists', () => {
  test('can be filtered by account, group, machine, user and privilege', async () => {
    const account = await bigv.control.createAccount({
      machines: [
        { name: 'one' },
        { name: 'two', group: 'other', discs: [{ size: 1024 }, { size: 2048 }] },
        { name: 'gone', deleted: true },
      ],
    })
    const owner = bigv.owner(account)
    const guest = await bigv.control.createAccount()
    const other = account.groups.find(({ name }) => name === 'other')?.id
    const grant = { group_id: other, level: 'vm_console' }
    const granted = await owner('POST', `/users/${guest.username}/privileges`, grant)
    const user = (await owner('GET', `/users/${guest.username}`)).json as { id: number }
    const { id } = granted.json as { id: number }
    const namesIn = async (query: string): Promise<string[]> =>
      ((await owner('GET', `/virtual_machines?${query}`)).json as Named[]).map(({ name }) => name)
    expect(await namesIn('')).toEqual(['one', 'two'])
    expect(await namesIn('include_deleted=true')).toEqual(['one', 'two', 'gone'])
    expect(await namesIn(`account_id=${account.id}`)).toEqual(['one', 'two'])
    expect(await namesIn('account_name=acme')).toEqual([])
    expect(await namesIn(`account_name=${account.account}&vm_name=one`)).toEqual(['one'])
    expect(await namesIn(`vm_id=${account.machines[1]?.id}`)).toEqual(['two'])
    for (const query of [
      `group_id=${other}`,
      'group_name=other',
      `user_id=${user.id}`,
      `user_name=${guest.username}`,
      `privilege_id=${id}`,
    ])
      expect([query, await namesIn(query)]).toEqual([query, ['two']])
    const groupsIn = async (query: string): Promise<string[]> =>
      ((await owner('GET', `/groups?${query}`)).json as Named[]).map(({ name }) => name)
    expect(await groupsIn('')).toEqual(['default', 'other'])
    for (const query of [`group_id=${other}`, `user_id=${user.id}`, `privilege_id=${id}`])
      expect([query, await groupsIn(query)]).toEqual([query, ['other']])
    expect(await groupsIn('account_name=acme')).toEqual([])
    expect((await owner('GET', '/nics')).json).toHaveLength(2)
    expect((await owner('GET', '/discs?vm_name=two')).json).toMatchObject([{ size: 1024 }, { size: 2048 }])
  })
})

test("a path without a group finds a machine by name, and prefers one that isn't deleted", async () => {
  const account = await bigv.control.createAccount({
    machines: [
      { name: 'everywhere', deleted: true },
      { name: 'everywhere', group: 'other' },
    ],
  })
  const ask = bigv.owner(account)
  const [deleted, present] = account.machines
  expect((await ask('GET', '/virtual_machines/everywhere')).json).toMatchObject({ id: present?.id })
  await ask('DELETE', `/virtual_machines/${present?.id}?purge=true`)
  expect((await ask('GET', '/virtual_machines/everywhere')).status).toBe(404)
  const shown = await ask('GET', '/virtual_machines/everywhere?include_deleted=true')
  expect(shown.json).toMatchObject({ id: deleted?.id })
})

test('renaming a group changes the host names of its machines', async () => {
  const account = await bigv.control.createAccount({ machines: [{ name: 'www1', group: 'old' }] })
  const ask = bigv.owner(account)
  await ask('GET', `${groupPath(account, 'old')}/virtual_machines`)
  await ask('PUT', groupPath(account, 'old'), { name: 'new' })
  const list = await ask('GET', `${groupPath(account, 'new')}/virtual_machines`)
  expect(list.json).toMatchObject([{ hostname: `www1.new.${account.account}.uk0.bigv.io` }])
})

test.each([
  ['http://127.0.0.1:4100', true],
  ['http://localhost:4100/', true],
  ['http://[::1]:4100', true],
  ['https://uk0.bigv.io', false],
  ['http://127.0.0.1.example.com', false],
  ['http://localhost.example.com', false],
  ['http://10.0.0.1:4100', false],
  ['http://0.0.0.0:4100', false],
])('the conformance suite may write to %s: %s', (url, may) => {
  expect(isLoopbackUrl(url)).toBe(may)
})
