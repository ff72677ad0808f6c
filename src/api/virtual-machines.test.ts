import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isNotFound, queryClient } from './query-client.ts'
import { json, startFakeBigv, type FakeBigv } from './testing/fake-bigv.ts'
import {
  fetchMachine,
  fetchMachines,
  machineQueries,
  overviewQueries,
  overviewSummary,
} from './virtual-machines.ts'

const ref = { account: 'acme', group: 'my group' }
const GROUP = '/accounts/acme/groups/my%20group'
const vm = { id: 7, name: 'web', power_on: false, autoreboot_on: true, cores: 1, memory: 1024 }
const nics = (...ips: string[][]) => ({ network_interfaces: ips.map((ips, id) => ({ id, ips })) })

let bigv: FakeBigv
const answers = (...machines: unknown[]) => {
  bigv.answer = (_, response) => json(response, 200, machines)
}

beforeEach(async () => {
  bigv = await startFakeBigv()
})
afterEach(async () => {
  queryClient.clear()
  await bigv.close()
})

const discs = (...sizes: number[]) => sizes.map((size, id) => ({ id, label: `disc${id}`, size }))

/** Summarises a machine with one NIC and discs of these sizes. */
const summary = (label: string, mac: string, ...sizes: number[]) =>
  overviewSummary({
    network_interfaces: [{ id: 1, label, mac, extra_ips: { '192.0.2.77': '192.0.2.1' } }],
    discs: sizes.map((size, id) => ({ id, label: `disc${id}`, size, storage_grade: 'sata' })),
  })

describe('fetching machines', () => {
  test.each([
    ['200', 200, vm, false],
    ['202', 202, vm, true],
    ['200 with a list of one', 200, [vm], false],
  ])('returns one machine if BigV answers %s', async (_, status, answer, creating) => {
    bigv.answer = (_, response) => json(response, status, answer)
    expect(await fetchMachine(ref, 7)).toEqual({ vm, creating })
    expect(bigv.received[0]?.path).toBe(`${GROUP}/virtual_machines/7?view=overview&include_deleted=true`)
  })

  test('finds no machine by ID if BigV answers with one that has the ID as its name', async () => {
    bigv.answer = (_, response) => json(response, 200, { ...vm, id: 8, name: '7' })
    const failure: unknown = await fetchMachine(ref, 7).catch((error: unknown) => error)
    expect(isNotFound(failure)).toBe(true)
    expect(failure).toHaveProperty(
      'message',
      'No machine has the ID 7. BigV took it for a name, and answered with the machine called “7”.',
    )
    expect((await fetchMachine(ref, '7')).vm.id).toBe(8)
  })

  test('returns a group’s machines, deleted ones too', async () => {
    bigv.answer = (_, response) => json(response, 200, [vm, { ...vm, id: 8 }])
    expect((await fetchMachines(ref)).map(({ id }) => id)).toEqual([7, 8])
    expect(bigv.received.map(({ path }) => path)).toEqual([`${GROUP}/virtual_machines?include_deleted=true`])
  })

  test('reduces each machine to a row: first IPv4, other addresses, MACs, total size of the discs', async () => {
    const machines = [
      { ...vm, id: 1, ...nics(['192.0.2.1', '2001:db8::1'], ['192.0.2.9']), discs: discs(25600, 51200) },
      { ...vm, id: 2, ...nics(['2001:db8::2'], ['192.0.2.2']) },
      { ...vm, id: 3, ...nics([]), discs: [] },
      { ...vm, id: 4 },
    ]
    bigv.answer = (_, response) =>
      json(response, 200, { id: 1, name: 'my group', virtual_machines: machines })
    const overview = await queryClient.fetchQuery(overviewQueries.byMachine(ref))
    expect(overview).toMatchObject({
      1: { address: '192.0.2.1', further: '2001:db8::1 192.0.2.9', macs: '', discs: 76800 },
      2: { address: '192.0.2.2', further: '2001:db8::2', discs: undefined },
      3: { address: undefined, further: '', discs: 0 },
      4: { address: undefined, further: '', discs: undefined },
    })
    expect(bigv.received[0]?.path).toBe(`${GROUP}?view=overview&include_deleted=true`)
  })

  test('shares the searched values of discs and NICs among machines that have the same', () => {
    const first = summary('eth0', 'fe:ff:00:00:00:01', 25600)
    expect(first).toMatchObject({
      address: '192.0.2.77',
      macs: 'fe:ff:00:00:00:01',
      devices: { discs: [{ size: 25600, grade: 'sata' }], labels: 'disc0\neth0' },
    })
    expect(summary('eth0', 'fe:ff:00:00:00:02', 25600).devices).toBe(first.devices)
    for (const other of [summary('eth1', '', 25600), summary('eth0', '', 51200), summary('eth0', '')])
      expect(other.devices).not.toBe(first.devices)
  })

  test('reuses the objects of unchanged machines, or the whole list if nothing changed', async () => {
    const options = machineQueries.list(ref)
    const list = async () => {
      await queryClient.query({ ...options, staleTime: 0 })
      return queryClient.getQueryData(options.queryKey) ?? []
    }
    const [one, two] = [vm, { ...vm, id: 8, name: 'db', head: 'head1' }]
    answers(one, two)
    const first = await list()
    const parse = vi.spyOn(JSON, 'parse')
    expect(await list()).toBe(first)
    expect(parse).not.toHaveBeenCalled()

    answers(one, { ...two, head: 'head2' })
    const second = await list()
    expect(second).toEqual([one, { ...two, head: 'head2' }])
    expect(second[0]).toBe(first[0])
    expect(second[1]).not.toBe(first[1])

    // A different text with the same data. Later answers with this text are recognised.
    answers(Object.fromEntries(Object.entries({ ...two, head: 'head2' }).toReversed()), one)
    const third = await list()
    expect(third[0]).toBe(second[1])
    expect(third[1]).toBe(second[0])
    parse.mockClear()
    expect(await list()).toBe(third)
    expect(parse).not.toHaveBeenCalled()

    // A row written by an operation doesn't count as BigV's answer.
    queryClient.setQueryData(options.queryKey, [one, { ...two, power_on: true }])
    expect(await list()).toEqual([{ ...two, head: 'head2' }, one])
  })

  test('doesn’t cache the user:password of a CD’s URL', async () => {
    const cd = { ...vm, cdrom_url: 'https://me:s3cret@example.com/x.iso' }
    answers(cd)
    await queryClient.query(machineQueries.list(ref))
    await queryClient.query(machineQueries.detail(ref, 7))
    await queryClient.query(machineQueries.named(ref, 'web'))
    const cached = JSON.stringify(
      queryClient
        .getQueryCache()
        .getAll()
        .map(({ state }) => state),
    )
    expect(cached).toContain('@example.com/x.iso')
    expect(cached).not.toContain('s3cret')
  })

  test('rejects a list of 1,000 machines if one has the wrong type', async () => {
    const machines = Array.from({ length: 1000 }, (_, id) => ({ ...vm, id }))
    bigv.answer = (_, response) =>
      json(response, 200, machines.with(900, { ...vm, id: 900, cores: 'two' } as never))
    await expect(fetchMachines(ref)).rejects.toThrow('“900.cores” is missing or has the wrong type')
    bigv.answer = (_, response) => json(response, 200, { machines })
    await expect(fetchMachines(ref)).rejects.toThrow('the whole answer is missing or has the wrong type')
  })
})
