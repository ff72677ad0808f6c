import { describe, expect, test } from 'vitest'
import { uniqueName, useScratchGroup, type Group, type Machine } from './group.ts'
import { account, advance, ask, isOwnSimulator, isWritable, useTarget } from './target.ts'

useTarget()

describe.runIf(isWritable)('bigv-api.md, section 7: changing a machine', () => {
  const group = useScratchGroup()

  test.each([
    ['the memory', { memory: 2048 }],
    ['the cores', { cores: 2 }],
    ['the hardware profile', { hardware_profile: 'compatibility2013' }],
    ['the lock of the hardware profile', { hardware_profile_locked: true }],
    ['the keymap', { keymap: 'en-gb' }],
    ['the CD', { cdrom_url: 'http://example.com/x.iso' }],
    ['three attributes at once', { autoreboot_on: false, cores: 4, memory: 8192 }],
  ])('changes %s', async (_, attributes) => {
    const machine = await group.bareMachine()
    const path = group.machinePath(machine.id)
    expect(await ask('PUT', path, attributes)).toMatchObject({ status: 200, json: attributes })
    expect((await ask('GET', path)).json).toMatchObject(attributes)
  })

  test.each([null, ''])('removes a CD if cdrom_url is %j', async (cdrom_url) => {
    const machine = await group.bareMachine([], { cdrom_url: 'http://example.com/x.iso' })
    const reply = await ask('PUT', group.machinePath(machine.id), { cdrom_url })
    expect(reply).toMatchObject({ status: 200, json: { cdrom_url: null } })
  })

  test('changes nothing if one value is invalid', async () => {
    const machine = await group.bareMachine()
    const path = group.machinePath(machine.id)
    const reply = await ask('PUT', path, { cores: 8, memory: 'much', power_on: true })
    expect(reply).toMatchObject({ status: 400, json: { memory: ['is not a number'] } })
    expect((await ask('GET', path)).json).toMatchObject({ cores: 1, memory: 1024, power_on: false })
  })

  test('changes the host name when a machine is renamed', async () => {
    const machine = await group.bareMachine()
    const name = uniqueName('renamed')
    const reply = await ask('PUT', group.machinePath(machine.name), { name })
    expect(reply).toMatchObject({ status: 200, json: { id: machine.id, name } })
    expect((reply.json as Machine).hostname).toBe(machine.hostname.replace(machine.name, name))
    expect((await ask('GET', group.machinePath(machine.name))).status).toBe(404)
    expect((await ask('GET', group.machinePath(name))).status).toBe(200)
  })

  test('refuses a name that is taken', async () => {
    const one = await group.bareMachine()
    const other = await group.bareMachine()
    const reply = await ask('PUT', group.machinePath(one.id), { name: other.name })
    expect(reply).toMatchObject({ status: 400, json: { name: ['has already been taken'] } })
  })

  test('moves a machine to another group by group_id', async () => {
    const machine = await group.bareMachine([1024])
    const made = await ask('POST', `/accounts/${account}/groups`, { name: uniqueName('other') })
    const other = made.json as Group
    const moved = await ask('PUT', group.machinePath(machine.id), { name: machine.name, group_id: other.id })
    expect(moved).toMatchObject({ status: 200, json: { id: machine.id, group_id: other.id } })
    expect((moved.json as Machine).hostname).toContain(`.${other.name}.`)
    expect((await ask('GET', group.machinePath(machine.id))).status).toBe(404)
    const path = `/accounts/${account}/groups/${other.name}/virtual_machines/${machine.name}`
    expect((await ask('GET', path)).status).toBe(200)
    await ask('DELETE', `${path}?purge=true`)
    await ask('DELETE', `/accounts/${account}/groups/${other.id}`)
  })

  test('refuses to move a machine to a group that does not exist', async () => {
    const machine = await group.bareMachine()
    const reply = await ask('PUT', group.machinePath(machine.id), { group_id: 999_999_999 })
    expect(reply).toMatchObject({ status: 400, json: { group_id: ['is invalid'] } })
  })
})

describe.runIf(isWritable)('bigv-api.md, section 7: delete, undelete, purge', () => {
  const group = useScratchGroup()

  test('turns a deleted machine off, and shows it only with include_deleted', async () => {
    const { id, name } = await group.bareMachine([1024], { power_on: true, autoreboot_on: true })
    const path = group.machinePath(name)
    expect(await ask('DELETE', path)).toMatchObject({ status: 204, text: '' })
    expect((await ask('GET', path)).status).toBe(404)
    const shown = await ask('GET', `${path}?include_deleted=true`)
    expect(shown.json).toMatchObject({ id, deleted: true, power_on: false, head: null })
    const list = async (query: string) =>
      ((await ask('GET', `${group.path}/virtual_machines${query}`)).json as Machine[]).map(
        (machine) => machine.id,
      )
    expect(await list('')).not.toContain(id)
    expect(await list('?include_deleted=true')).toContain(id)
  })

  test('undeletes a machine with its discs, and leaves it off', async () => {
    const { id, discs } = await group.bareMachine([1024], { power_on: true, autoreboot_on: true })
    const path = group.machinePath(id)
    await ask('DELETE', path)
    expect(await ask('PUT', path, { deleted: false })).toMatchObject({
      status: 200,
      json: { deleted: false },
    })
    const back = await ask('GET', `${path}?view=overview`)
    expect(back.json).toMatchObject({ power_on: false, discs: discs as object[] })
  })

  test.runIf(isOwnSimulator)('undeletes a machine for 28 days', async () => {
    const { id } = await group.bareMachine()
    const path = group.machinePath(id)
    const hour = 3_600_000
    await ask('DELETE', path)
    await advance(28 * 24 * hour - hour)
    expect((await ask('PUT', path, { deleted: false })).status).toBe(200)
    await ask('DELETE', path)
    await advance(28 * 24 * hour + 1)
    expect(await ask('PUT', path, { deleted: false })).toMatchObject({
      status: 400,
      json: { deleted: [expect.any(String)] },
    })
    expect((await ask('GET', path)).status).toBe(404)
    expect((await ask('DELETE', `${path}?purge=true`)).status).toBe(204)
  })

  test('refuses deleted=true in a PUT', async () => {
    const { id } = await group.bareMachine()
    expect((await ask('PUT', group.machinePath(id), { deleted: true })).status).toBe(400)
  })

  test('refuses to start a deleted machine, and to change its discs or addresses', async () => {
    const machine = await group.bareMachine([1024])
    const path = group.machinePath(machine.id)
    const disc = machine.discs?.[0]?.id
    const nic = machine.network_interfaces?.[0]?.id
    await ask('DELETE', path)
    expect((await ask('PUT', path, { power_on: true })).status).toBe(400)
    expect((await ask('POST', `${path}/discs`, { size: 1024 })).status).toBe(400)
    expect((await ask('PUT', `${path}/discs/${disc}`, { size: 2048 })).status).toBe(400)
    expect((await ask('DELETE', `${path}/discs/${disc}?purge=true`)).status).toBe(400)
    expect(
      (await ask('POST', `${path}/reimage`, { distribution: 'wheezy', root_password: 'x' })).status,
    ).toBe(400)
    const ips = { addresses: 1, family: 'ipv4', reason: 'none' }
    expect((await ask('POST', `${path}/nics/${nic}/ip_create`, ips)).status).toBe(400)
  })

  test.each([
    ['was deleted before', true],
    ['was not deleted before', false],
  ])('purges a machine that %s', async (_, before) => {
    const { id } = await group.bareMachine([1024])
    const path = group.machinePath(id)
    if (before) await ask('DELETE', path)
    expect((await ask('DELETE', `${path}?purge=True`)).status).toBe(204)
    expect((await ask('GET', `${path}?include_deleted=true`)).status).toBe(404)
    expect((await ask('GET', `/virtual_machines/${id}?include_deleted=true`)).status).toBe(404)
  })

  test('deletes a machine without purging it with purge=False', async () => {
    const { id } = await group.bareMachine()
    expect((await ask('DELETE', `${group.machinePath(id)}?purge=False`)).status).toBe(204)
    const shown = await ask('GET', `${group.machinePath(id)}?include_deleted=true`)
    expect(shown.json).toMatchObject({ deleted: true })
  })
})
