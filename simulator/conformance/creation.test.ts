import { describe, expect, test } from 'vitest'
import { uniqueName, useScratchGroup, type Machine } from './group.ts'
import { ask, isWritable, until, useTarget } from './target.ts'

useTarget()

const image = { distribution: 'wheezy', root_password: 'correct horse' }

describe.runIf(isWritable)('bigv-api.md, section 7: creation', () => {
  const group = useScratchGroup()
  const create = (body: object) => ask('POST', `${group.path}/vm_create`, body)
  const expectNoMachine = async (name: string) =>
    expect((await ask('GET', `${group.machinePath(name)}?include_deleted=true`)).status).toBe(404)

  test('creates a machine with discs and a system, answers 202 until it is ready, and starts it', async () => {
    const name = uniqueName('web')
    const reply = await create({
      virtual_machine: {
        name,
        cores: 2,
        memory: 4096,
        power_on: true,
        autoreboot_on: true,
        group: 'dropped',
      },
      discs: [
        { label: 'disc-1', size: 25_600, storage_grade: 'sata' },
        { label: 'data', size: 102_400, storage_grade: 'archive' },
      ],
      reimage: { ...image, ssh_public_key: 'ssh-rsa AAA a@b', firstboot_script: '#!/bin/sh\n' },
    })
    expect(reply).toMatchObject({
      status: 202,
      type: 'application/json',
      json: {
        virtual_machine: { name, cores: 2, power_on: false, head: null },
        reimage: { distribution: 'wheezy' },
      },
    })
    const first = await ask('GET', `${group.machinePath(name)}?view=overview&include_deleted=true`)
    expect([200, 202]).toContain(first.status)
    const machine = await group.waitForMachine(name, ({ power_on }) => power_on)
    expect(machine).toMatchObject({
      power_on: true,
      autoreboot_on: true,
      memory: 4096,
      last_imaged_with: 'wheezy',
    })
    expect(machine.head).toBeTruthy()
    expect(machine.discs?.map(({ label, size }) => [label, size])).toEqual([
      ['disc-1', 25_600],
      ['data', 102_400],
    ])
    expect(machine.network_interfaces).toHaveLength(1)
  })

  test.each([
    ['autoreboot_on alone', { autoreboot_on: true }, { power_on: true, autoreboot_on: true }],
    ['power_on alone', { power_on: true }, { power_on: true, autoreboot_on: false }],
    ['neither flag', {}, { power_on: false, autoreboot_on: false }],
  ])(
    'creates a machine without a system, and starts it only if a flag is set (%s)',
    async (_name, flags, outcome) => {
      const machine = await group.bareMachine([25_600], flags)
      expect(machine).toMatchObject(outcome)
    },
  )

  test.each([
    ['neither flag', {}, true],
    ['power_on false', { power_on: false }, false],
    ['autoreboot_on false', { autoreboot_on: false }, false],
  ])(
    'creates a machine with a system, and starts it unless a flag is false (%s)',
    async (_name, flags, power_on) => {
      const name = uniqueName('docker')
      const virtual_machine = { name, ...flags }
      expect((await create({ virtual_machine, discs: [{ size: 25_600 }], reimage: image })).status).toBe(202)
      const machine = await group.waitForMachine(name)
      expect(machine).toMatchObject({ power_on, autoreboot_on: false, last_imaged_with: 'wheezy' })
    },
  )

  test('creates a machine without discs by POST to virtual_machines', async () => {
    const name = uniqueName('bare')
    const reply = await ask('POST', `${group.path}/virtual_machines`, { name, cores: 1, memory: 1024 })
    expect(reply).toMatchObject({ status: 202, json: { name, power_on: false } })
    const machine = await group.waitForMachine(name)
    expect(machine.discs).toEqual([])
  })

  test('labels discs without a label vda, vdb, ...', async () => {
    const machine = await group.bareMachine([1024, 2048])
    expect(machine.discs?.map(({ label }) => label)).toEqual(['vda', 'vdb'])
    expect(machine.discs?.[0]?.storage_grade).toBe('sata')
  })

  test('treats null as a missing value, and a string of digits as a number', async () => {
    const virtual_machine = {
      name: uniqueName('old-client'),
      cores: '2',
      memory: '2048',
      hardware_profile: null,
      hardware_profile_locked: null,
      cdrom_url: null,
      power_on: null,
    }
    const discs = [{ label: null, size: '25600', storage_grade: null }]
    const reimage = { ...image, ssh_public_key: null, firstboot_script: null }
    expect((await create({ virtual_machine, discs, reimage, ips: null })).status).toBe(202)
    const machine = await group.waitForMachine(virtual_machine.name)
    expect(machine).toMatchObject({ cores: 2, memory: 2048, hardware_profile_locked: false, power_on: true })
    expect(machine.hardware_profile).toBeTruthy()
    expect(machine.discs).toMatchObject([{ label: 'vda', size: 25_600, storage_grade: 'sata' }])
    const bare = await ask('POST', `${group.path}/virtual_machines`, {
      ...virtual_machine,
      name: uniqueName('old-bare'),
    })
    expect(bare).toMatchObject({ status: 202, json: { cores: 2, memory: 2048, cdrom_url: null } })
  })

  test('creates a disc with backup schedules', async () => {
    const name = uniqueName('backed-up')
    // The official client leaves out a capacity of 0
    const weekly = { start_at: '2026-01-01 00:00:00 UTC', interval_seconds: 604_800, capacity: 1 }
    const hourly = { start_at: '2026-01-01 00:00:00', interval_seconds: 3600 }
    const discs = [{ size: 25_600, backup_schedules: [weekly, hourly] }, { size: 1024 }]
    expect((await create({ virtual_machine: { name }, discs })).status).toBe(202)
    const machine = await group.waitForMachine(name)
    expect(machine.discs?.map(({ backup_schedules }) => backup_schedules)).toMatchObject([
      [weekly, { ...hourly, capacity: 0 }],
      [],
    ])
  })

  test.each([
    ['a word as its backup schedules', { backup_schedules: 'weekly' }],
    ['a number as a backup schedule', { backup_schedules: [7] }],
    ['a backup schedule without an interval', { backup_schedules: [{ start_at: '00:00' }] }],
    ['a backup schedule with an interval in words', { backup_schedules: [{ interval_seconds: 'an hour' }] }],
  ])('refuses a disc with %s', async (_, { backup_schedules }) => {
    const name = uniqueName('unscheduled')
    const reply = await create({ virtual_machine: { name }, discs: [{ size: 1024, backup_schedules }] })
    expect(reply).toMatchObject({
      status: 400,
      json: { discs: [{ backup_schedules: [expect.any(String)] }] },
    })
    await expectNoMachine(name)
  })

  test('reports a machine’s errors by attribute, and those of each disc in an object', async () => {
    const name = uniqueName('bad')
    const reply = await create({
      virtual_machine: { name, cores: 0, keymap: 'xx' },
      discs: [{ size: 1024 }, { size: 49 }],
      reimage: { distribution: 'slackware' },
    })
    expect(reply.status).toBe(400)
    expect(reply.json).toMatchObject({
      cores: [expect.any(String)],
      keymap: ['is not included in the list'],
      discs: [{}, { size: ['must be greater than or equal to 50'] }],
      distribution: ['is not included in the list'],
    })
    await expectNoMachine(name)
  })

  test('creates nothing if one part is invalid', async () => {
    const name = uniqueName('half')
    const good = { virtual_machine: { name, cores: 1, memory: 1024 }, discs: [{ size: 25_600 }] }
    expect(
      (await create({ ...good, reimage: { distribution: 'none such', root_password: 'x' } })).status,
    ).toBe(400)
    expect((await create({ ...good, discs: [{ size: 'large' }] })).status).toBe(400)
    expect((await create({ ...good, discs: Array.from({ length: 9 }, () => ({ size: 1024 })) })).status).toBe(
      400,
    )
    expect((await create({ ...good, ips: { ipv4: 'elsewhere' } })).status).toBe(400)
    const discless = await create({ ...good, discs: [], reimage: image })
    expect(discless).toMatchObject({ status: 400, json: { base: [expect.any(String)] } })
    await expectNoMachine(name)
    expect((await create(good)).status).toBe(202)
  })

  test('refuses requested addresses outside a private VLAN', async () => {
    const name = uniqueName('own-ip')
    const reply = await create({ virtual_machine: { name }, ips: { ipv4: '10.9.8.7', ipv6: 'fd00::7' } })
    expect(reply.status).toBe(400)
    expect(reply.json).toHaveProperty('ips')
    await expectNoMachine(name)
  })

  test.each([
    ['no name', {}, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a space in its name', { name: 'two words' }, 'name'],
    ['a dot in its name', { name: 'dotted.name' }, 'name'],
    ['a name that begins with a hyphen', { name: '-dash' }, 'name'],
    ['a word as the number of cores', { name: 'ok', cores: 'two' }, 'cores'],
    ['65536 cores', { name: 'ok', cores: '65536' }, 'cores'],
    ['null as its name', { name: null }, 'name'],
    ['1.5 cores', { name: 'ok', cores: 1.5 }, 'cores'],
    ['-1 MiB of memory', { name: 'ok', memory: -1 }, 'memory'],
    ['a word as power_on', { name: 'ok', power_on: 'yes' }, 'power_on'],
    ['a number as autoreboot_on', { name: 'ok', autoreboot_on: 1 }, 'autoreboot_on'],
    ['an unknown hardware profile', { name: 'ok', hardware_profile: 'virtio1999' }, 'hardware_profile'],
    ['a CD that isn’t a URL', { name: 'ok', cdrom_url: 'not a url' }, 'cdrom_url'],
    ['an unknown zone', { name: 'ok', zone_name: 'atlantis' }, 'zone_name'],
  ])('refuses a machine with %s', async (_, attributes, field) => {
    const bare = await ask('POST', `${group.path}/virtual_machines`, attributes)
    expect(bare).toMatchObject({ status: 400, json: { [field]: [expect.any(String)] } })
    const bundle = await create({ virtual_machine: attributes })
    expect(bundle).toMatchObject({ status: 400, json: { [field]: [expect.any(String)] } })
  })

  test('refuses a body without a machine, and parts of the wrong type', async () => {
    for (const body of [{}, { virtual_machine: 'web' }, { virtual_machine: { name: 'ok' }, discs: 'two' }])
      expect((await create(body)).status).toBe(400)
  })

  test("keeps a machine's name in use until the machine is purged", async () => {
    const { name, id } = await group.bareMachine()
    const again = { virtual_machine: { name } }
    expect((await create(again)).json).toMatchObject({ name: ['has already been taken'] })
    await ask('DELETE', group.machinePath(id))
    expect((await create(again)).status).toBe(400)
    await ask('DELETE', `${group.machinePath(id)}?purge=true`)
    expect((await create(again)).status).toBe(202)
    const reply = await until(group.machinePath(name), ({ status }) => status === 200)
    expect((reply.json as Machine).id).not.toBe(id)
  })
})
