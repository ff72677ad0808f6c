import { expect, test } from 'vitest'
import { startSimulator } from '../server.ts'
import { askAs, basic, machinePath, groupPath, useBigV, type Ask, type Reply } from './bigv.ts'

const bigv = useBigV({ speed: 1000, tokens: ['terraform-token'] })

const untilStatus = async (ask: Ask, path: string, status: number): Promise<Reply> => {
  for (;;) {
    const reply = await ask('GET', path)
    if (reply.status === status) return reply
    expect(reply.status).toBe(202)
  }
}

test('the client fog can send its credentials in the URL-safe base64 alphabet', async () => {
  const account = await bigv.control.createAccount()
  // The base64 text has both characters that differ between the two alphabets
  const password = 'ÿ~ÿ?ÿ>'
  const ask = bigv.owner(account)
  await ask('PUT', `/users/${account.username}`, { password })
  const encoded = Buffer.from(`${account.username}:${password}`).toString('base64')
  expect(encoded).toMatch(/[+/]/)
  const safe = encoded.replaceAll('+', '-').replaceAll('/', '_')
  for (const each of [encoded, safe]) {
    const fog = askAs(bigv.url, { Authorization: `Basic ${each}`, 'Content-Type': 'application/json' })
    expect((await fog('GET', '/accounts')).status).toBe(200)
  }
})

test('the client fog gets the statuses that it needs if BIGV_SIMULATOR_FOG is set', async () => {
  const forFog = await startSimulator({ machines: 0, fog: true })
  try {
    const ask = askAs(forFog.url, basic('demo', 'demo'))
    expect((await ask('POST', '/accounts/acme/groups', { name: 'new' })).status).toBe(200)
    const granted = await ask('POST', '/users/colleague/privileges', { account_id: 1, level: 'vm_admin' })
    expect(granted.status).toBe(200)
    const { id } = granted.json as { id: number }
    expect((await ask('DELETE', `/privileges/${id}`)).status).toBe(200)
    expect((await ask('DELETE', '/accounts/acme/groups/new')).status).toBe(204)
    const made = await ask('POST', '/accounts/acme/groups/default/vm_create', {
      virtual_machine: { name: 'x' },
    })
    expect(made.status).toBe(202)
  } finally {
    await forFog.close()
  }
})

test('a POST that creates something gets 201 if BIGV_SIMULATOR_CREATED is set', async () => {
  const byDocuments = await startSimulator({ machines: 1, created: true })
  try {
    const ask = askAs(byDocuments.url, basic('demo', 'demo'))
    const machine = '/accounts/acme/groups/default/virtual_machines/stubborn'
    const user = { username: 'newcomer', password: 'secret' }
    expect((await ask('POST', '/accounts', { name: 'elm' })).status).toBe(201)
    expect((await ask('POST', '/accounts/acme/groups', { name: 'new' })).status).toBe(201)
    expect((await ask('POST', `${machine}/discs`, { size: 1024 })).status).toBe(201)
    expect((await ask('POST', '/users', user)).status).toBe(201)
    const wanted = { account_id: 1, level: 'vm_admin' }
    expect((await ask('POST', '/users/newcomer/privileges', wanted)).status).toBe(201)
    expect((await ask('POST', `${machine}/signal`, { signal: 'reset' })).status).toBe(200)
  } finally {
    await byDocuments.close()
  }
})

test('the client fog can create a machine, wait in the overview until it is on, and rename it', async () => {
  const account = await bigv.control.createAccount()
  const ask = bigv.owner(account)
  const made = await ask('POST', `${groupPath(account)}/vm_create`, {
    virtual_machine: { name: 'fog', cores: 2, memory: 2048, autoreboot_on: true, power_on: true },
    discs: [{ label: 'vda', size: 25_600, storage_grade: 'sata' }],
    reimage: { distribution: 'wheezy', root_password: 'secret', ssh_public_key: '' },
    ips: {},
  })
  const { virtual_machine } = made.json as { virtual_machine: { id: number } }
  type Overview = { groups: { virtual_machines: { id: number; power_on: boolean }[] }[] }
  for (;;) {
    const overview = (await ask('GET', `/accounts/${account.account}?view=overview`)).json as Overview
    const machine = overview.groups[0]?.virtual_machines.find(({ id }) => id === virtual_machine.id)
    expect(machine).toBeDefined()
    if (machine?.power_on) break
  }
  const renamed = await ask('PUT', machinePath(account, virtual_machine.id), {
    name: 'fog2',
    cores: 2,
    memory: 2048,
    power_on: true,
    autoreboot_on: true,
    hardware_profile: 'virtio2013',
  })
  expect(renamed).toMatchObject({ status: 200, json: { name: 'fog2', power_on: true } })
})

test('the Python client can start a machine with power_on alone, and send True and False', async () => {
  const account = await bigv.control.createAccount({
    machines: [{ name: 'py' }, { name: 'old', deleted: true }],
  })
  const ask = bigv.owner(account)
  const [py] = account.machines
  const path = machinePath(account, py?.id ?? 0, String(account.groups[0]?.id))
  expect((await ask('PUT', path, { power_on: true })).json).toMatchObject({
    power_on: true,
    autoreboot_on: false,
  })
  const list = await ask('GET', `${groupPath(account)}/virtual_machines?include_deleted=True`)
  expect(list).toMatchObject({ type: 'application/json' })
  expect(list.json).toHaveLength(2)
  expect((await ask('DELETE', `${path}?purge=False`)).status).toBe(204)
  expect((await ask('GET', `${path}?include_deleted=True`)).json).toMatchObject({ deleted: true })
})

test('Terraform gets 202 until a new machine is ready, and can resize and purge it', async () => {
  const ask = askAs(bigv.url, { Authorization: 'Bearer terraform-token' })
  const made = await ask('POST', '/accounts/birch/groups/default/vm_create', {
    virtual_machine: {
      name: 'tf',
      cores: 1,
      memory: 4096,
      group: 'default',
      power_on: true,
      autoreboot_on: true,
    },
    discs: [{ label: 'vda', size: 25_600, storage_grade: 'sata' }],
    reimage: { distribution: 'none', root_password: 'secret', firstboot_script: '', ssh_public_key: '' },
  })
  expect(made.status).toBe(202)
  const there = await untilStatus(ask, '/virtual_machines/tf?view=overview', 200)
  const { id } = there.json as { id: number }
  expect(there.json).toMatchObject({
    last_imaged_with: null,
    network_interfaces: [{ ips: [{}, {}].map(() => expect.any(String) as string) }],
  })
  const path = `/accounts/birch/groups/default/virtual_machines/${id}`
  const resized = await ask('PUT', path, { cores: 2, memory: 8192, power_on: false, autoreboot_on: true })
  expect(resized).toMatchObject({ status: 200, json: { id, cores: 2, memory: 8192 } })
  expect((await ask('DELETE', `${path}?purge=true`)).status).toBe(204)
})
