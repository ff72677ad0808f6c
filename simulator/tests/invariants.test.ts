import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '../rules/limits.ts'
import { groupPath, useBigV, type Ask } from './bigv.ts'

const bigv = useBigV()

type Disc = { id: number; label: string }
type Machine = {
  id: number
  name: string
  power_on: boolean
  deleted: boolean
  head: string | null
  discs: Disc[]
  network_interfaces: { id: number; ips: string[]; extra_ips: Record<string, string> }[]
}
type Group = { id: number; name: string; virtual_machines: Machine[] }

/** An operation, and the numbers that choose its machine, disc and values. */
type Step = { what: keyof typeof operations; pick: number; value: number; flag: boolean }
type World = { ask: Ask; account: string; groups: Group[] }

const names = ['web', 'Web', 'db', 'mail', 'cache']
const nameOf = (value: number): string => names[value % names.length] ?? 'web'

const all = (world: World): { group: Group; machine: Machine }[] =>
  world.groups.flatMap((group) => group.virtual_machines.map((machine) => ({ group, machine })))

/** A machine and its path; null if there are no machines. */
const picked = (world: World, pick: number) => {
  const machines = all(world)
  const found = machines[pick % Math.max(machines.length, 1)]
  if (!found) return null
  const path = `/accounts/${world.account}/groups/${found.group.id}/virtual_machines/${found.machine.id}`
  return { ...found, path }
}

type Request = [method: string, path: string, body?: object]
type Operation = (world: World, step: Step) => Request | null

const onMachine =
  (request: (path: string, step: Step, machine: Machine, world: World) => Request): Operation =>
  (world, step) => {
    const found = picked(world, step.pick)
    return found && request(found.path, step, found.machine, world)
  }

const groupId = (world: World, value: number): number => world.groups[value % world.groups.length]?.id ?? 0

const operations = {
  create: (world: World, { pick, value, flag }: Step): Request => [
    'POST',
    `/accounts/${world.account}/groups/${groupId(world, pick)}/vm_create`,
    {
      virtual_machine: { name: nameOf(value), power_on: flag, autoreboot_on: value % 3 === 0 },
      discs: Array.from({ length: value % 10 }, () => ({ size: 1024 })),
      ...(flag && { reimage: { distribution: 'wheezy', root_password: 'x' } }),
    },
  ],
  power: onMachine((path, { value, flag }) => [
    'PUT',
    path,
    { power_on: flag, autoreboot_on: value % 2 === 0 },
  ]),
  rename: onMachine((path, { value }) => ['PUT', path, { name: nameOf(value) }]),
  move: onMachine((path, { value }, _machine, world) => ['PUT', path, { group_id: groupId(world, value) }]),
  resize: onMachine((path, { value }) => ['PUT', path, { cores: (value % 8) + 1, memory: 1024 + value }]),
  remove: onMachine((path, { flag }) => ['DELETE', flag ? `${path}?purge=true` : path]),
  undelete: onMachine((path, { flag }) => ['PUT', path, { deleted: false, ...(flag && { power_on: true }) }]),
  signal: onMachine((path, { flag }) => ['POST', `${path}/signal`, { signal: flag ? 'powerdown' : 'reset' }]),
  reimage: onMachine((path) => ['POST', `${path}/reimage`, { distribution: 'precise', root_password: 'x' }]),
  addDisc: onMachine((path, { value, flag }) => [
    'POST',
    `${path}/discs`,
    { size: 1024, ...(flag && { label: nameOf(value) }) },
  ]),
  removeDisc: onMachine((path, { value }, { discs }) => [
    'DELETE',
    `${path}/discs/${discs[value % Math.max(discs.length, 1)]?.id ?? 0}?purge=true`,
  ]),
  moveDisc: onMachine((path, { value }, { discs }, world) => [
    'PUT',
    `${path}/discs/${discs[value % Math.max(discs.length, 1)]?.id ?? 0}`,
    { virtual_machine_id: picked(world, value)?.machine.id ?? 1 },
  ]),
  addIps: onMachine((path, { value }, { network_interfaces }) => [
    'POST',
    `${path}/nics/${network_interfaces[0]?.id}/ip_create`,
    { addresses: (value % 3) + 1, family: 'ipv4', reason: 'test' },
  ]),
  swapIps: onMachine((_path, { value, flag }, machine, world) => [
    'POST',
    '/ips/swap_virtual_machine_ips',
    {
      virtual_machine_1_id: machine.id,
      virtual_machine_2_id: picked(world, value)?.machine.id ?? 1,
      move_additional_ips: flag,
    },
  ]),
} satisfies Record<string, Operation>

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...(Object.keys(operations) as (keyof typeof operations)[]), 'create', 'power'),
  pick: fc.nat(50),
  value: fc.nat(50),
  flag: fc.boolean(),
})

const read = async (ask: Ask, account: string): Promise<Group[]> => {
  const reply = await ask('GET', `/accounts/${account}?view=overview&include_deleted=true`)
  return (reply.json as { groups: Group[] }).groups
}

const addressesOf = ({ network_interfaces }: Machine): string[] =>
  network_interfaces.flatMap((nic) => [...nic.ips, ...Object.keys(nic.extra_ips)])

const checkInvariants = (groups: Group[]): void => {
  for (const { virtual_machines } of groups) {
    const taken = virtual_machines.map(({ name }) => name.toLowerCase())
    expect(new Set(taken).size).toBe(taken.length)
  }
  const machines = groups.flatMap(({ virtual_machines }) => virtual_machines)
  for (const { discs, deleted, power_on, head } of machines) {
    expect(discs.length).toBeLessThanOrEqual(limits.discsPerMachine)
    expect(new Set(discs.map(({ label }) => label)).size).toBe(discs.length)
    expect(deleted && power_on).toBe(false)
    expect(head !== null).toBe(power_on)
  }
  const addresses = machines.flatMap(addressesOf)
  expect(new Set(addresses).size).toBe(addresses.length)
}

test('names, discs and addresses stay unique whatever users do, and purges free all addresses', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const account = await bigv.control.createAccount({ groups: ['other'] })
      const ask = bigv.owner(account)
      const seen = new Set<string>()
      let groups = await read(ask, account.account)
      for (const each of steps) {
        for (const { machine } of all({ ask, account: account.account, groups }))
          for (const address of addressesOf(machine)) seen.add(address)
        const request = operations[each.what]({ ask, account: account.account, groups }, each)
        if (!request) continue
        const { status } = await ask(...request)
        expect([200, 202, 204, 400, 404]).toContain(status)
        if (each.flag) await bigv.control.advance(each.value * 500)
        groups = await read(ask, account.account)
        checkInvariants(groups)
      }
      const left = await read(ask, account.account)
      for (const { machine } of all({ ask, account: account.account, groups: left }))
        expect((await ask('DELETE', `/virtual_machines/${machine.id}?purge=true`)).status).toBe(204)
      for (const address of seen) expect((await ask('GET', `/ips/${address}`)).status).toBe(404)
      expect((await ask('DELETE', groupPath(account, 'other'))).status).toBe(204)
    }),
    { numRuns: 25 },
  )
})
