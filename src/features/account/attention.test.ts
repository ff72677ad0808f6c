import { expect, test } from 'vitest'
import { operation } from '../../operations/testing/samples.ts'
import { attentionOf } from './attention.ts'

const vm = (id: number, name: string, given: object = {}) => ({
  id,
  name,
  power_on: false,
  autoreboot_on: false,
  cores: 1,
  memory: 1024,
  ...given,
})
const on = { power_on: true, autoreboot_on: true }
const nic = { id: 1, ips: ['198.18.0.1'] }

const known = (given: Partial<Parameters<typeof attentionOf>[0]> = {}) => ({
  account: 'acme',
  groups: [
    {
      id: 1,
      name: 'default',
      virtual_machines: [
        vm(1, 'web10', { autoreboot_on: true }),
        vm(2, 'web9'),
        vm(3, 'web8', on),
        vm(4, 'old', { deleted: true, network_interfaces: [nic] }),
        vm(5, 'older', { deleted: true, network_interfaces: [{ id: 2, ips: [] }] }),
        vm(6, 'coming', { autoreboot_on: true }),
      ],
    },
    { id: 2, name: 'staging', virtual_machines: [vm(7, 'blank')] },
  ],
  shouldBeOn: new Set([1, 4]),
  pending: {
    'acme/3': [{ attribute: 'cores' as const, from: 1, to: 2, at: 0 }],
    'other/2': [{ attribute: 'cores' as const, from: 1, to: 2, at: 0 }],
  },
  operations: [],
  ...given,
})
const inWords = (given: Parameters<typeof attentionOf>[0]) =>
  attentionOf(given).map(({ text, machines }) => `${machines.map(({ name }) => name).join(', ')}: ${text}`)

test('lists machines that should be on first, then by urgency, each machine in natural order', () => {
  const operations = [operation({ phase: 'ended', outcome: 'unclear', target: target(3, 'web8') })]
  expect(inWords(known({ operations }))).toEqual([
    'web10: Should be on: off for more than a minute',
    'web8: Start: outcome unclear',
    'web8: Waits for a restart: cores 1 → 2',
    'old: Deleted, still holds addresses',
    'blank, web9: Off',
  ])
})

test('names the group of machines whose name another machine of the account has, too', () => {
  const { groups } = known()
  const more = { id: 3, name: 'spare', virtual_machines: [vm(8, 'web8'), vm(9, 'blank', on)] }
  const operations = [operation({ phase: 'ended', outcome: 'unclear', target: target(3, 'web8') })]
  const found = attentionOf(known({ groups: [...groups, more], operations }))
  const named = ({ kind, machines }: (typeof found)[number]) =>
    machines.map(({ name, group }) => `${kind}: ${name}, ${group}`)
  expect(found.flatMap(named)).toEqual([
    'should be on: web10, null',
    'unclear: web8, default',
    'waits for a restart: web8, default',
    'holds addresses: old, null',
    'off: blank, staging',
    'off: web8, spare',
    'off: web9, null',
  ])
})

test('an unclear operation needs attention until a later one on the machine is done', () => {
  const unclear = operation({ key: 'a', phase: 'ended', outcome: 'unclear', target: target(3, 'web8') })
  const textsAfter = (...operations: (typeof unclear)[]) =>
    inWords(known({ operations })).filter((line) => line.includes('unclear'))
  expect(textsAfter(unclear, { ...unclear, key: 'b', outcome: 'refused' })).toEqual([
    'web8: Start: outcome unclear',
  ])
  expect(textsAfter(unclear, { ...unclear, key: 'b' })).toEqual(['web8: Start: outcome unclear'])
  expect(textsAfter(unclear, { ...unclear, key: 'b', outcome: 'done' })).toEqual([])
  expect(textsAfter({ ...unclear, target: { ...target(3, 'web8'), account: 'other' } })).toEqual([])
  const other = { ...unclear, key: 'b', target: target(2, 'web9') }
  expect(textsAfter(unclear, other)).toEqual(['web9, web8: Outcome unclear'])
})

test('a machine that is being started isn’t listed as off', () => {
  const operations = [operation({ target: target(7, 'blank') })]
  expect(inWords(known({ operations })).at(-1)).toBe('web9: Off')
})

test('an account without machines needs no attention', () => {
  expect(attentionOf(known({ groups: [{ id: 1, name: 'default' }] }))).toEqual([])
})

function target(id: number, name: string) {
  return { account: 'acme', group: 'default', id, name }
}
