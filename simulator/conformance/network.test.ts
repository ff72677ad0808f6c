import { describe, expect, test } from 'vitest'
import { useScratchGroup, type Nic } from './group.ts'
import { ask, isWritable, useTarget } from './target.ts'

useTarget()

describe.runIf(isWritable)('bigv-api.md, section 9: NICs and addresses', () => {
  const group = useScratchGroup()

  const machineWithNic = async () => {
    const machine = await group.bareMachine()
    const nic = machine.network_interfaces?.[0]
    if (!nic) return expect.fail('the machine has no NIC')
    const path = `${group.machinePath(machine.id)}/nics`
    const main = nic.ips[0] ?? ''
    return { machine, nic, path, main }
  }
  const wanted = { addresses: 2, family: 'ipv4', reason: 'two sites' }

  test('lists and shows a NIC', async () => {
    const { path, nic, machine } = await machineWithNic()
    const one = await ask('GET', `${path}/${nic.id}`)
    expect(one.json).toMatchObject({ id: nic.id, virtual_machine_id: machine.id, extra_ips: {} })
    expect((one.json as Nic).mac).toMatch(/^[\da-f]{2}(?::[\da-f]{2}){5}$/)
    expect((one.json as Nic).vlan_num).toBeTypeOf('number')
    expect((await ask('GET', path)).json).toEqual([one.json])
  })

  test('refuses to add, change or remove a NIC', async () => {
    const { path, nic } = await machineWithNic()
    expect((await ask('POST', path, { label: 'x' })).status).toBe(400)
    expect((await ask('PUT', `${path}/${nic.id}`, { label: 'x' })).status).toBe(400)
    expect((await ask('DELETE', `${path}/${nic.id}`)).status).toBe(400)
  })

  test('adds addresses with ip_create, routed to the main address', async () => {
    const { path, nic, main } = await machineWithNic()
    const reply = await ask('POST', `${path}/${nic.id}/ip_create`, { ...wanted, contiguous: false })
    expect(reply).toMatchObject({ status: 200, json: wanted })
    const { ips } = reply.json as { ips: string[] }
    expect(new Set(ips).size).toBe(2)
    const after = (await ask('GET', `${path}/${nic.id}`)).json as Nic
    expect(after.extra_ips).toEqual(Object.fromEntries(ips.map((ip) => [ip, main])))
  })

  test.each([
    ['the family ipv6', { family: 'ipv6' }, 'family'],
    ['0 addresses', { addresses: 0 }, 'addresses'],
    ['a word as the number of addresses', { addresses: 'two' }, 'addresses'],
    ['100,000 addresses', { addresses: 100_000 }, 'addresses'],
    ['an empty reason', { reason: '' }, 'reason'],
  ])('refuses ip_create with %s', async (_, bad, field) => {
    const { path, nic } = await machineWithNic()
    const reply = await ask('POST', `${path}/${nic.id}/ip_create`, { ...wanted, ...bad })
    expect(reply).toMatchObject({ status: 400, json: { [field]: [expect.any(String)] } })
  })

  test('refuses a fifth additional address on a NIC', async () => {
    const { path, nic } = await machineWithNic()
    const add = (addresses: number) => ask('POST', `${path}/${nic.id}/ip_create`, { ...wanted, addresses })
    expect((await add(5)).status).toBe(400)
    expect((await add(3)).status).toBe(200)
    expect(await add(2)).toMatchObject({ status: 400, json: { addresses: [expect.any(String)] } })
    expect((await add(1)).status).toBe(200)
    expect((await add(1)).status).toBe(400)
    expect(Object.keys(((await ask('GET', `${path}/${nic.id}`)).json as Nic).extra_ips)).toHaveLength(4)
  })

  test('removes additional addresses, but refuses to remove main ones', async () => {
    const { path, nic, main } = await machineWithNic()
    const made = await ask('POST', `${path}/${nic.id}/ip_create`, { ...wanted, addresses: 4 })
    const { ips } = made.json as { ips: string[] }
    expect(await ask('DELETE', `/ips/${ips[0]}`)).toMatchObject({ status: 204, text: '' })
    expect((await ask('GET', `/ips/${ips[0]}`)).status).toBe(404)
    const left = (await ask('GET', `${path}/${nic.id}`)).json as Nic
    expect(Object.keys(left.extra_ips).sort()).toEqual(ips.slice(1).sort())
    expect((await ask('POST', `${path}/${nic.id}/ip_create`, { ...wanted, addresses: 1 })).status).toBe(200)
    for (const address of nic.ips) expect((await ask('DELETE', `/ips/${address}`)).status).toBe(400)
    expect((await ask('GET', `/ips/${main}`)).status).toBe(200)
    expect((await ask('DELETE', '/ips/192.0.2.254')).status).toBe(404)
  })

  test('sets and removes the reverse DNS name of an address', async () => {
    const { main } = await machineWithNic()
    expect((await ask('GET', `/ips/${main}`)).json).toEqual({ address: main, rdns: null })
    const named = await ask('PUT', `/ips/${main}`, { rdns: 'www.example.com' })
    expect(named).toMatchObject({ status: 200, json: { address: main, rdns: 'www.example.com' } })
    expect((await ask('PUT', `/ips/${main}`, { rdns: 'not a name' })).status).toBe(400)
    expect((await ask('PUT', `/ips/${main}`, { rdns: null, address: '192.0.2.9' })).json).toEqual({
      address: main,
      rdns: null,
    })
    expect((await ask('GET', '/ips/192.0.2.254')).status).toBe(404)
  })

  test('swaps the addresses of two machines', async () => {
    const one = await machineWithNic()
    const other = await machineWithNic()
    const reply = await ask('POST', '/ips/swap_virtual_machine_ips', {
      virtual_machine_1_id: one.machine.id,
      virtual_machine_2_id: other.machine.id,
      move_additional_ips: false,
    })
    expect(reply.status).toBe(200)
    expect((await ask('GET', `${one.path}/${one.nic.id}`)).json).toMatchObject({ ips: other.nic.ips })
    expect((await ask('GET', `${other.path}/${other.nic.id}`)).json).toMatchObject({ ips: one.nic.ips })
  })

  test('frees the addresses of a purged machine', async () => {
    const { machine, main } = await machineWithNic()
    await ask('DELETE', `${group.machinePath(machine.id)}?purge=true`)
    expect((await ask('GET', `/ips/${main}`)).status).toBe(404)
  })
})
