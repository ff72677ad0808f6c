import { describe, expect, test } from 'vitest'
import type { Group, Machine } from './group.ts'
import { account, ask, askWith, credentials, isOwnSimulator, targetUrl, useTarget } from './target.ts'

useTarget()

const listOf = async (path: string): Promise<Machine[]> => (await ask('GET', path)).json as Machine[]

const expectSame = async (flat: string, path: string): Promise<void> =>
  expect((await ask('GET', flat)).json).toEqual((await ask('GET', path)).json)

/** The first group of the account with a machine, and that machine. */
const anyMachine = async (): Promise<{ group: Group; machine: Machine }> => {
  const overview = await ask('GET', `/accounts/${account}?view=overview&include_deleted=true`)
  const { groups } = overview.json as { groups: Group[] }
  for (const group of groups) {
    const machine = group.virtual_machines?.find(({ deleted }) => !deleted)
    if (machine) return { group, machine }
  }
  return expect.fail(`${account} has no machine to read`)
}

describe('bigv-api.md, section 1: basics', () => {
  test('sends JSON as exactly application/json', async () => {
    for (const path of ['/definitions', '/accounts', `/accounts/${account}`])
      expect(await ask('GET', path)).toMatchObject({ status: 200, type: 'application/json' })
  })

  test('ignores unknown query parameters', async () => {
    const plain = await ask('GET', `/accounts/${account}`)
    expect((await ask('GET', `/accounts/${account}?colour=blue&view=`)).json).toEqual(plain.json)
  })

  test('accepts a GET without a Content-Type', async () => {
    const answer = await fetch(`${targetUrl()}/accounts/${account}`, { headers: credentials })
    expect(answer.status).toBe(200)
  })

  test('finds accounts, groups and machines by id and by name', async () => {
    const { group, machine } = await anyMachine()
    const { id } = (await ask('GET', `/accounts/${account}`)).json as { id: number }
    for (const accountPart of [account, id]) {
      for (const groupPart of [group.name, group.id]) {
        for (const machinePart of [machine.name, machine.id]) {
          const path = `/accounts/${accountPart}/groups/${groupPart}/virtual_machines/${machinePart}`
          expect(await ask('GET', path)).toMatchObject({ status: 200, json: { id: machine.id } })
        }
      }
    }
  })

  test('answers a flat path like the nested path of the same record', async () => {
    const { group, machine } = await anyMachine()
    const nested = `/accounts/${account}/groups/${group.id}`
    await expectSame(`/groups/${group.id}`, nested)
    await expectSame(`/virtual_machines/${machine.id}`, `${nested}/virtual_machines/${machine.id}`)
    await expectSame(`/virtual_machines?group_id=${group.id}`, `${nested}/virtual_machines`)
    await expectSame(
      `/virtual_machines?account_name=${account}&group_name=${group.name}`,
      `${nested}/virtual_machines`,
    )
    await expectSame(`/discs?vm_id=${machine.id}`, `${nested}/virtual_machines/${machine.id}/discs`)
    const ofMachine = `${nested}/virtual_machines/${machine.id}/nics`
    await expectSame(`/nics?vm_id=${machine.id}`, ofMachine)
    const [nic] = await listOf(ofMachine)
    await expectSame(`/nics/${nic?.id}`, `${ofMachine}/${nic?.id}`)
    await expectSame(`/groups?account_id=${group.account_id}`, `/accounts/${account}/groups`)
    await expectSame(`/groups?account_name=${account}`, `/accounts/${account}/groups`)
    expect((await listOf('/groups')).map(({ id }) => id)).toContain(group.id)
    expect((await listOf('/nics')).map(({ id }) => id)).toContain(nic?.id)
    const [named] = await listOf(`/virtual_machines?vm_name=${machine.name}&group_id=${group.id}`)
    expect(named?.id).toBe(machine.id)
  })
})

describe('bigv-api.md, section 2: authentication', () => {
  test('answers 401 to missing or wrong credentials', async () => {
    for (const headers of [
      {},
      { Authorization: 'Basic bm9ib2R5Om5vdGhpbmc=' },
      { Authorization: 'Bearer none' },
    ])
      expect((await askWith(headers, 'GET', '/accounts')).status).toBe(401)
  })

  test('shows the definitions without credentials', async () => {
    expect((await askWith({}, 'GET', '/definitions')).status).toBe(200)
  })

  test('answers 404 if a record doesn’t exist, or if the user has no access to it', async () => {
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect((await ask(method, '/accounts/no-such-account', method === 'PUT' ? {} : undefined)).status).toBe(
        404,
      )
    expect((await ask('GET', `/accounts/${account}/groups/no-such-group`)).status).toBe(404)
    expect((await ask('GET', '/no/such/resource')).status).toBe(404)
  })

  test.runIf(isOwnSimulator)('accepts an API key, prefix apikey. included, as a Bearer token', async () => {
    expect((await askWith({ Authorization: 'Bearer apikey.suite' }, 'GET', '/accounts')).status).toBe(200)
  })
})

describe('bigv-api.md, sections 4 and 5: overviews', () => {
  test('shows all accounts as an array, and a single account as an object', async () => {
    const { json } = await ask('GET', '/accounts')
    const named = (json as { name: string }[]).find(({ name }) => name === account)
    expect(named).toEqual((await ask('GET', `/accounts/${account}`)).json)
    expect(named).toMatchObject({
      id: expect.any(Number) as number,
      suspended: expect.any(Boolean) as boolean,
    })
  })

  test('embeds groups, machines, discs and NICs with their types', async () => {
    const one = await ask('GET', `/accounts/${account}?view=overview`)
    const { groups } = one.json as { groups: (Group & { type: string })[] }
    const machines = groups.flatMap((group) => group.virtual_machines ?? [])
    const parts = machines.flatMap((machine) => [
      ...(machine.discs ?? []),
      ...(machine.network_interfaces ?? []),
    ])
    const types = new Set(
      [...groups, ...machines, ...parts].map((each) => (each as unknown as { type: string }).type),
    )
    expect([...types].sort()).toEqual(
      ['disc', 'group', 'network-interface', 'virtual-machine'].map((type) => `application/vnd.bigv.${type}`),
    )
    expect(one.json).not.toHaveProperty('type')
    expect(machines.some(({ deleted }) => deleted)).toBe(false)
    const all = (await ask('GET', '/accounts?view=overview')).json as { name: string; groups: Group[] }[]
    expect(all.find(({ name }) => name === account)?.groups).toEqual(groups)
  })

  test('includes deleted machines with include_deleted=true, in upper or lower case', async () => {
    const { group } = await anyMachine()
    const path = `/accounts/${account}/groups/${group.id}/virtual_machines`
    const plain = await listOf(path)
    const all = await listOf(`${path}?include_deleted=true`)
    expect(all.filter(({ deleted }) => !deleted)).toEqual(plain)
    expect(await listOf(`${path}?include_deleted=True`)).toEqual(all)
    expect(await listOf(`${path}?include_deleted=false`)).toEqual(plain)
    expect(await listOf(`${path}?include_deleted=`)).toEqual(plain)
  })
})

describe('bigv-api.md, section 7: the attributes of a machine', () => {
  test('shows every documented attribute', async () => {
    const { group, machine } = await anyMachine()
    const path = `/accounts/${account}/groups/${group.id}/virtual_machines/${machine.id}`
    const { json } = await ask('GET', path)
    const number = expect.any(Number) as number
    const flag = expect.any(Boolean) as boolean
    const text = expect.any(String) as string
    expect(json).toMatchObject({
      id: machine.id,
      autoreboot_on: flag,
      cores: number,
      group_id: group.id,
      management_address: expect.stringMatching(/^[\d.]+$|:/) as string,
      memory: number,
      name: text,
      power_on: flag,
      deleted: false,
      hostname: expect.stringMatching(`^${machine.name}\\.${group.name}\\.${account}\\.\\w`) as string,
      hardware_profile: text,
      hardware_profile_locked: flag,
    })
    for (const name of ['cdrom_url', 'keymap', 'head']) expect(json).toHaveProperty(name)
    expect(json).not.toHaveProperty('discs')
  })

  test('shows a NIC with its IPv4 address before its IPv6 address', async () => {
    const { machine } = await anyMachine()
    const nic = machine.network_interfaces?.[0]
    expect(nic?.ips[0]).toMatch(/^\d+(?:\.\d+){3}$/)
    expect(nic?.ips[1]).toMatch(/^[\da-f:]+$/)
    expect(nic?.extra_ips).toBeTypeOf('object')
    expect(Array.isArray(nic?.extra_ips)).toBe(false)
  })
})

describe('bigv-api.md, section 11: definitions', () => {
  test('shows definitions as pairs of id and data', async () => {
    const { json } = await ask('GET', '/definitions')
    const data = new Map((json as { id: string; data: unknown }[]).map(({ id, data }) => [id, data]))
    expect(data.get('distributions')).toContain('wheezy')
    expect(data.get('storage_grades')).toContain('sata')
    expect(data.get('hardware_profiles')).toContain('virtio2013')
    expect(data.get('keymaps')).toContain('en-gb')
    expect(data.get('sendkeys')).toContain('sysrq')
    expect(data.get('zone_names')).toEqual(expect.arrayContaining(['manchester', 'york']))
    expect(data.get('distribution_descriptions')).toHaveProperty('wheezy')
    expect(data.get('storage_grade_descriptions')).toHaveProperty('sata')
  })
})
