import { describe, expect, test } from 'vitest'
import { times } from '../rules/limits.ts'
import { groupPath, machinePath, useBigV, type WantedMachine } from './bigv.ts'

const bigv = useBigV()

const machineWith = async (state: Partial<WantedMachine> = {}) => {
  const account = await bigv.control.createAccount({ machines: [{ name: 'www1', ...state }] })
  const id = account.machines[0]?.id ?? 0
  return {
    ask: bigv.owner(account),
    path: machinePath(account, 'www1'),
    machineState: () => bigv.control.machine(id),
  }
}
const on = { power_on: true, autoreboot_on: true }

describe('changes that need a restart', () => {
  test('take effect after a restart, but not after a reset', async () => {
    const { ask, path, machineState } = await machineWith({ ...on, cores: 1, memory: 1024 })
    const reply = await ask('PUT', path, { cores: 4, memory: 8192, hardware_profile: 'compatibility2013' })
    expect(reply.json).toMatchObject({
      cores: 4,
      memory: 8192,
      hardware_profile: 'compatibility2013',
      power_on: true,
    })
    expect(await machineState()).toMatchObject({
      pending: true,
      internal: { running: { cores: 1, memory: 1024 } },
    })
    const { head } = await machineState()
    await ask('POST', `${path}/signal`, { signal: 'reset' })
    expect(await machineState()).toMatchObject({
      pending: true,
      head,
      power_on: true,
      autoreboot_on: true,
      internal: { resets: 1 },
    })
    await ask('PUT', path, { power_on: false })
    await bigv.control.advance(times.notice + times.start)
    expect(await machineState()).toMatchObject({
      pending: false,
      internal: { running: { cores: 4, memory: 8192 } },
    })
  })

  test('include an upgrade from virtio2011 to virtio2013, unless the profile is locked', async () => {
    for (const [locked, profile] of [
      [false, 'virtio2013'],
      [true, 'virtio2011'],
    ] as const) {
      const { ask, path, machineState } = await machineWith({
        hardware_profile: 'virtio2011',
        hardware_profile_locked: locked,
      })
      await ask('PUT', path, { power_on: true })
      await bigv.control.advance(times.start)
      expect(await machineState()).toMatchObject({ power_on: true, hardware_profile: profile })
    }
  })
})

describe('a reset', () => {
  test('cancels a shutdown', async () => {
    const { ask, path, machineState } = await machineWith({ power_on: true })
    await ask('POST', `${path}/signal`, { signal: 'powerdown' })
    await ask('POST', `${path}/signal`, { signal: 'reset' })
    await bigv.control.advance(times.shutdown.max)
    expect(await machineState()).toMatchObject({ power_on: true })
  })
})

describe('the signal sendkey', () => {
  test('records the keys in order', async () => {
    const { ask, path, machineState } = await machineWith({ power_on: true })
    for (const data of ['ctrl-alt-del', 'a', 'ret'])
      await ask('POST', `${path}/signal`, { signal: 'sendkey', data })
    expect((await machineState()).internal.keys).toEqual(['ctrl-alt-del', 'a', 'ret'])
  })
})

describe('a re-image', () => {
  const image = {
    distribution: 'precise',
    root_password: 'correct horse',
    ssh_public_key: 'ssh-rsa AAA a@b',
    firstboot_script: '#!/bin/sh\n',
  }

  test('erases the first disc only, and starts the machine without autoreboot_on', async () => {
    const { ask, path, machineState } = await machineWith({
      distribution: 'wheezy',
      discs: [{ size: 25_600 }, { label: 'data', size: 51_200 }],
    })
    const reply = await ask('POST', `${path}/reimage`, image)
    expect(reply).toMatchObject({ status: 200, json: image })
    expect(await machineState()).toMatchObject({ power_on: false })
    await bigv.control.advance(times.reimage)
    expect(await machineState()).toMatchObject({
      power_on: true,
      autoreboot_on: false,
      last_imaged_with: 'precise',
      discs: [{ contents: 'precise' }, { contents: null }],
      internal: { installed: image },
    })
  })

  test('turns autoreboot_on off, and cancels a planned start of the machine', async () => {
    const { ask, path, machineState } = await machineWith(on)
    await ask('PUT', path, { power_on: false })
    expect((await ask('POST', `${path}/reimage`, image)).status).toBe(200)
    await bigv.control.advance(times.notice + times.start)
    expect(await machineState()).toMatchObject({ power_on: false, autoreboot_on: false })
    await bigv.control.advance(times.reimage)
    expect(await machineState()).toMatchObject({ power_on: true, autoreboot_on: false })
  })

  test('is refused during another re-image', async () => {
    const { ask, path } = await machineWith()
    expect((await ask('POST', `${path}/reimage`, image)).status).toBe(200)
    expect((await ask('POST', `${path}/reimage`, image)).status).toBe(400)
  })

  test('is cancelled when the machine is deleted', async () => {
    const { ask, path, machineState } = await machineWith()
    await ask('POST', `${path}/reimage`, image)
    await ask('DELETE', path)
    await bigv.control.advance(times.reimage)
    expect(await machineState()).toMatchObject({ power_on: false, deleted: true, last_imaged_with: 'wheezy' })
  })
})

describe('the creation of a machine', () => {
  const bundle = {
    virtual_machine: { name: 'new', power_on: true, autoreboot_on: true },
    discs: [{ size: 25_600 }],
    reimage: { distribution: 'wheezy', root_password: 'correct horse' },
  }

  const create = async (body: object = bundle) => {
    const account = await bigv.control.createAccount()
    const ask = bigv.owner(account)
    const reply = await ask('POST', `${groupPath(account)}/vm_create`, body)
    expect(reply.status).toBe(202)
    const { virtual_machine } = reply.json as { virtual_machine: { id: number } }
    const { id } = virtual_machine
    return {
      account,
      ask,
      path: machinePath(account, 'new'),
      id,
      machineState: () => bigv.control.machine(id),
    }
  }

  test('goes through its phases, and each GET gets 202 until the last one has ended', async () => {
    const { ask, path, machineState } = await create()
    for (const phase of ['reserving', 'discs', 'imaging', 'starting'] as const) {
      expect(await machineState()).toMatchObject({
        power_on: false,
        head: null,
        internal: { task: { kind: 'create', phase } },
      })
      expect((await ask('GET', path)).status).toBe(202)
      await bigv.control.advance(times.creation[phase])
    }
    expect(await machineState()).toMatchObject({
      power_on: true,
      last_imaged_with: 'wheezy',
      internal: { task: null },
    })
    expect((await ask('GET', path)).status).toBe(200)
  })

  test("continues if the new machine's disc is removed", async () => {
    const { ask, path, machineState } = await create({ ...bundle, reimage: null })
    await bigv.control.advance(times.creation.reserving)
    expect((await ask('DELETE', `${path}/discs/vda?purge=true`)).status).toBe(204)
    await bigv.control.advance(times.creation.discs)
    expect(await machineState()).toMatchObject({ internal: { task: { kind: 'create', phase: 'starting' } } })
    await bigv.control.advance(times.creation.starting)
    expect(await machineState()).toMatchObject({ power_on: true, internal: { task: null } })
  })

  test('leaves the machine off if somebody turns it off during its first start', async () => {
    const { ask, path, machineState } = await create({ ...bundle, reimage: null })
    await bigv.control.advance(times.creation.reserving + times.creation.discs)
    expect(await machineState()).toMatchObject({ internal: { task: { phase: 'starting' } } })
    await ask('PUT', path, { power_on: false, autoreboot_on: false })
    await bigv.control.advance(times.creation.starting)
    expect(await machineState()).toMatchObject({ power_on: false, head: null, internal: { task: null } })
    expect((await ask('GET', path)).status).toBe(200)
  })

  test('leaves no records if it fails, and frees the name', async () => {
    await bigv.control.setBuildFails(1)
    const { ask, path, account } = await create()
    await bigv.control.advance(60_000)
    expect((await ask('GET', `${path}?include_deleted=true`)).status).toBe(404)
    expect((await ask('POST', `${groupPath(account)}/vm_create`, bundle)).status).toBe(202)
    await bigv.control.advance(60_000)
    expect((await ask('GET', path)).json).toMatchObject({ power_on: true })
  })

  test('lets users delete the machine before it is ready', async () => {
    const { ask, path, machineState } = await create()
    expect((await ask('DELETE', path)).status).toBe(204)
    await bigv.control.advance(60_000)
    expect(await machineState()).toMatchObject({ deleted: true, power_on: false })
  })

  test('lets users change the unfinished machine, and applies the power flags at the end', async () => {
    const { ask, path, machineState } = await create({
      ...bundle,
      virtual_machine: { name: 'new', power_on: false },
    })
    expect((await ask('PUT', path, { cores: 3, power_on: true })).json).toMatchObject({
      power_on: false,
      cores: 3,
    })
    await bigv.control.advance(60_000)
    expect(await machineState()).toMatchObject({ power_on: true, internal: { running: { cores: 3 } } })
  })

  test('accepts requested addresses if the machine is in a private VLAN', async () => {
    const ask = bigv.as('demo')
    const group = '/accounts/acme/groups/default'
    const body = { ...bundle, ips: { ipv4: '10.1.2.3', ipv6: 'fd00::3' } }
    expect((await ask('POST', `${group}/vm_create`, body)).status).toBe(202)
    const made = await ask('GET', `${group}/virtual_machines/new?view=overview`)
    expect(made.json).toMatchObject({ network_interfaces: [{ ips: ['10.1.2.3', 'fd00::3'] }] })
    const same = { ipv4: '10.1.2.3', ipv6: 'FD00:0::0003' }
    const again = await ask('POST', `${group}/vm_create`, { virtual_machine: { name: 'other' }, ips: same })
    expect((await ask('GET', '/ips/fd00:0:0::3')).json).toEqual({ address: 'fd00::3', rdns: null })
    expect(again.json).toMatchObject({ ips: ['ipv4 has already been taken', 'ipv6 has already been taken'] })
    await ask('DELETE', `${group}/virtual_machines/new?purge=true`)
    expect((await ask('POST', `${group}/vm_create`, body)).status).toBe(202)
  })
})
