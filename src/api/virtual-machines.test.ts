import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { queryClient } from './query-client.ts'
import { json, startFakeBigv, type FakeBigv } from './testing/fake-bigv.ts'
import { overviewQueries, readMachine, readMachines } from './virtual-machines.ts'

const ref = { account: 'acme', group: 'my group' }
const GROUP = '/accounts/acme/groups/my%20group'
const vm = { id: 7, name: 'web', power_on: false, autoreboot_on: true, cores: 1, memory: 1024 }
const nics = (...ips: string[][]) => ({ network_interfaces: ips.map((ips, id) => ({ id, ips })) })

let bigv: FakeBigv

beforeEach(async () => {
  bigv = await startFakeBigv()
})
afterEach(async () => {
  queryClient.clear()
  await bigv.close()
})

const discs = (...sizes: number[]) => sizes.map((size, id) => ({ id, label: `disc${id}`, size }))

describe('reading machines', () => {
  test.each([
    [200, vm, false],
    [202, vm, true],
    [200, [vm], false],
  ])('one, answered with %i', async (status, answer, creating) => {
    bigv.answer = (_, response) => json(response, status, answer)
    expect(await readMachine(ref, 7)).toEqual({ vm, creating })
    expect(bigv.received[0]?.path).toBe(`${GROUP}/virtual_machines/7?view=overview&include_deleted=true`)
  })

  test('a group’s, with the deleted ones or without', async () => {
    bigv.answer = (_, response) => json(response, 200, [vm, { ...vm, id: 8 }])
    expect((await readMachines(ref, false)).map(({ id }) => id)).toEqual([7, 8])
    await readMachines(ref, true)
    expect(bigv.received.map(({ path }) => path)).toEqual([
      `${GROUP}/virtual_machines`,
      `${GROUP}/virtual_machines?include_deleted=true`,
    ])
  })

  test('the address of each is the first IPv4 of its NICs, and its discs are added up', async () => {
    const machines = [
      { ...vm, id: 1, ...nics(['192.0.2.1', '2001:db8::1'], ['192.0.2.9']), discs: discs(25600, 51200) },
      { ...vm, id: 2, ...nics(['2001:db8::2'], ['192.0.2.2']) },
      { ...vm, id: 3, ...nics([]), discs: [] },
      { ...vm, id: 4 },
    ]
    bigv.answer = (_, response) =>
      json(response, 200, { id: 1, name: 'my group', virtual_machines: machines })
    const overview = await queryClient.fetchQuery(overviewQueries.byMachine(ref))
    expect(overview).toEqual({
      1: { address: '192.0.2.1', discs: 76800 },
      2: { address: '192.0.2.2', discs: undefined },
      3: { address: undefined, discs: 0 },
      4: { address: undefined, discs: undefined },
    })
    expect(bigv.received[0]?.path).toBe(`${GROUP}?view=overview&include_deleted=true`)
  })
})
