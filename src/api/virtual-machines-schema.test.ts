import { describe, expect, test } from 'vitest'
import { schemaProblems, z } from './schema.ts'
import { addressesOf, singleVirtualMachineSchema, virtualMachineSchema } from './virtual-machines.ts'

const bare = { id: 1234, name: 'web', power_on: false, autoreboot_on: false, cores: 1, memory: 1024 }
// The example of an overview from the API reference, with all its attributes.
const whole = {
  ...bare,
  type: 'application/vnd.bigv.virtual-machine',
  cdrom_url: null,
  group_id: 123,
  management_address: '192.0.2.1',
  keymap: null,
  deleted: false,
  hostname: 'web.default.acme.uk0.bigv.io',
  head: null,
  hardware_profile: 'virtio2013',
  hardware_profile_locked: false,
  zone_name: 'york',
  last_imaged_with: 'wheezy',
  discs: [
    {
      type: 'application/vnd.bigv.disc',
      id: 5,
      label: 'vda',
      size: 25600,
      virtual_machine_id: 1234,
      storage_pool: 'tail1-sata1',
      storage_grade: 'sata',
    },
  ],
  network_interfaces: [
    {
      type: 'application/vnd.bigv.network-interface',
      id: 6,
      label: null,
      ips: ['192.0.2.2', '2001:db8::2'],
      vlan_num: 1,
      mac: 'fe:ff:00:00:00:01',
      extra_ips: { '192.0.2.9': '192.0.2.2' },
      virtual_machine_id: 1234,
    },
  ],
}

/** The problems of a rejected answer, or null. */
function problems(answer: unknown): string | null {
  const result = singleVirtualMachineSchema.safeParse(answer)
  return result.success ? null : schemaProblems(result.error.issues)
}

describe('a machine in an answer', () => {
  test.each([
    ['with all attributes', whole],
    ['with the required attributes only', bare],
    ['with unknown attributes', { ...whole, colour: 'red', discs: [{ ...whole.discs[0], iops: 9 }] }],
    [
      'with null for optional attributes',
      { ...bare, discs: null, network_interfaces: null, head: null, deleted: null },
    ],
  ])('is accepted %s, as an object and as an array of one', (_, vm) => {
    expect(singleVirtualMachineSchema.parse(vm)).toEqual(vm)
    expect(singleVirtualMachineSchema.parse([vm])).toEqual(vm)
    expect(z.array(virtualMachineSchema).parse([vm, vm])).toEqual([vm, vm])
  })

  test.each(Object.keys(bare))('is rejected without %s, as an object and as an array of one', (name) => {
    const rest = Object.fromEntries(Object.entries(bare).filter(([key]) => key !== name))
    expect(problems(rest)).toBe(`“${name}” is missing or has the wrong type`)
    expect(problems([rest])).toBe(`“${name}” is missing or has the wrong type`)
  })

  test.each([
    ['has a text as its id', { ...bare, id: '1234' }, '“id” is missing or has the wrong type'],
    ['has a word as power_on', { ...bare, power_on: 'yes' }, '“power_on” is missing or has the wrong type'],
    [
      'has a disc without a size',
      { ...whole, discs: [{ id: 5, label: 'vda' }] },
      '“discs.0.size” is missing or has the wrong type',
    ],
    [
      'has only its id and name',
      { id: 1, name: 'web' },
      '“power_on”, “autoreboot_on”, “cores”, “memory” are missing or have the wrong type',
    ],
    [
      'is empty',
      {},
      '“id”, “name”, “power_on”, “autoreboot_on”, “cores” and 1 more are missing or have the wrong type',
    ],
    ['comes as an empty list', [], 'the whole answer is missing or has the wrong type'],
    ['comes as a list of two', [bare, bare], 'the whole answer is missing or has the wrong type'],
    ['is missing', undefined, 'the whole answer is missing or has the wrong type'],
    ['is null', null, 'the whole answer is missing or has the wrong type'],
    ['is a text', 'web', 'the whole answer is missing or has the wrong type'],
  ])('is rejected if it %s', (_, answer, said) => {
    expect(problems(answer)).toBe(said)
  })
})

test('addressesOf lists the addresses of NICs in BigV’s order', () => {
  expect(
    addressesOf([
      { id: 1, ips: ['192.0.2.2', '2001:db8::2'] },
      { id: 2, ips: null },
      { id: 3, ips: ['192.0.2.3'] },
    ]),
  ).toEqual(['192.0.2.2', '2001:db8::2', '192.0.2.3'])
  expect(addressesOf(null)).toEqual([])
})
