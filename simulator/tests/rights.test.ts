import { describe, expect, test } from 'vitest'
import { groupPath, machinePath, request, useBigV } from './bigv.ts'

const bigv = useBigV()
const newAccount = () => bigv.control.createAccount({ machines: [{ name: 'www1' }], groups: ['other'] })

describe('a user without a right gets 403, or 404 if they have no read access,', () => {
  test.each([
    ['account_admin', { read: 200, write: 200, group: 200, away: 204 }],
    ['group_admin', { read: 200, write: 200, group: 403, away: 403 }],
    ['vm_admin', { read: 200, write: 200, group: 403, away: 403 }],
    ['vm_console', { read: 200, write: 403, group: 403, away: 403 }],
  ] as const)('if their level on the account is %s', async (level, expected) => {
    const account = await newAccount()
    const { username, password } = await bigv.control.createUser({ account: account.account, level })
    const ask = bigv.as(username, password)
    const machine = machinePath(account, 'www1')
    expect((await ask('GET', machine)).status).toBe(expected.read)
    expect((await ask('GET', `/accounts/${account.account}?view=overview`)).status).toBe(expected.read)
    expect((await ask('PUT', machine, { cores: 2 })).status).toBe(expected.write)
    expect((await ask('POST', `/accounts/${account.account}/groups`, { name: 'new' })).status).toBe(
      expected.group,
    )
    expect((await ask('DELETE', groupPath(account, 'other'))).status).toBe(expected.away)
  })

  test('if they have only vm_admin on one machine, which they see in its group and account', async () => {
    const account = await bigv.control.createAccount({ machines: [{ name: 'mine' }, { name: 'not-mine' }] })
    const owner = bigv.owner(account)
    const [mine] = account.machines
    const guest = await bigv.control.createAccount()
    const grant = { virtual_machine_id: mine?.id, level: 'vm_admin' }
    expect((await owner('POST', `/users/${guest.username}/privileges`, grant)).status).toBe(200)
    const ask = bigv.owner(guest)
    const list = await ask('GET', `${groupPath(account)}/virtual_machines`)
    expect(list.json).toMatchObject([{ name: 'mine' }])
    const overview = await ask('GET', `/accounts/${account.account}?view=overview`)
    expect(overview.json).toMatchObject({
      groups: [{ name: 'default', virtual_machines: [{ name: 'mine' }] }],
    })
    expect((await ask('PUT', machinePath(account, 'mine'), { cores: 2 })).status).toBe(200)
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect(
        (await ask(method, machinePath(account, 'not-mine'), method === 'PUT' ? {} : undefined)).status,
      ).toBe(404)
    expect(
      (await ask('POST', `${groupPath(account)}/vm_create`, { virtual_machine: { name: 'x' } })).status,
    ).toBe(403)
    expect((await ask('GET', `/virtual_machines?account_name=${account.account}`)).json).toHaveLength(1)
  })

  test('on every path of an account, if they have no privilege on it', async () => {
    const account = await newAccount()
    const otherUser = bigv.owner(await bigv.control.createAccount())
    const id = account.machines[0]?.id
    const machine = await bigv.control.machine(id ?? 0)
    const [disc] = machine.discs
    const [nic] = machine.nics
    for (const path of [
      `/accounts/${account.account}`,
      groupPath(account),
      `/groups/${account.groups[0]?.id}`,
      machinePath(account, 'www1'),
      `/virtual_machines/${id}`,
      `/virtual_machines/${id}/discs`,
      `/discs/${disc?.id}`,
      `/nics/${nic?.id}`,
      `/ips/${nic?.ips[0]}`,
      `/users/${account.username}`,
    ]) {
      expect([path, (await otherUser('GET', path)).status]).toEqual([path, 404])
      expect((await otherUser('DELETE', path)).status).toBeGreaterThanOrEqual(404)
    }
    const move = { group_id: account.groups[0]?.id }
    const own = await bigv.control.createAccount({ machines: [{ name: 'spy' }] })
    expect((await bigv.owner(own)('PUT', machinePath(own, 'spy'), move)).status).toBe(404)
  })

  test('if they delete their own account, which only staff can do', async () => {
    const account = await newAccount()
    const staff = bigv.as('staff')
    const path = `/accounts/${account.account}`
    expect((await bigv.owner(account)('DELETE', path)).status).toBe(403)
    expect((await staff('DELETE', path)).status).toBe(400)
    await staff('DELETE', `${machinePath(account, 'www1')}?purge=true`)
    expect((await staff('DELETE', path)).status).toBe(204)
    expect((await bigv.owner(account)('GET', '/accounts')).json).toEqual([])
  })
})

describe('the IP restrictions of a privilege', () => {
  test.each([
    ['127.0.0.1', 200],
    ['192.0.2.0/24, 127.0.0.0/8', 200],
    ['192.0.2.1', 404],
    ['2001:db8::/32', 404],
  ])('“%s” give a client at 127.0.0.1 the status %d', async (ip_restrictions, status) => {
    const account = await newAccount()
    const guest = await bigv.control.createAccount()
    const wanted = { group_id: account.groups[0]?.id, level: 'group_admin', ip_restrictions }
    const granted = await bigv.owner(account)('POST', `/users/${guest.username}/privileges`, wanted)
    expect(granted.status).toBe(200)
    expect((await bigv.owner(guest)('GET', groupPath(account))).status).toBe(status)
  })
})

test('the simulator decodes credentials as UTF-8', async () => {
  const account = await newAccount()
  const password = 'Übergröße-日本'
  await bigv.owner(account)('PUT', `/users/${account.username}`, { password })
  expect((await bigv.as(account.username, password)('GET', '/accounts')).status).toBe(200)
  expect((await bigv.as(account.username, account.password)('GET', '/accounts')).status).toBe(401)
})

test('an answer with 401 asks for Basic credentials in WWW-Authenticate', async () => {
  const reply = await request(`${bigv.url}/accounts`, 'GET', {})
  expect(reply.headers.get('www-authenticate')).toMatch(/^Basic /)
})
