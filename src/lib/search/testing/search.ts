import * as fc from 'fast-check'
import type { Searchable } from '../searchable.ts'

const piece = fc.oneof(
  fc.constantFrom('web', 'db1', '-', '"', '“', '”', ' ', '\\', '*', ':', '>=', '<', '=', 'is:', 'running'),
  fc.constantFrom('group:', 'head:', 'profile:', 'cores', 'memory', '2', 'GiB', '1.5g', 'dead:', 'foo', '\n'),
  fc.constantFrom(
    'ip:',
    'mac:',
    'cd:',
    'locked:',
    'image:',
    'disc',
    '10.0.0.1',
    '2001:db8::1',
    'fe-ff-00',
    '.',
  ),
  fc.string({ maxLength: 3 }),
)

/** Searches that users might type: pieces of the grammar in any order. */
export const anySearch = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

/** Machines of all kinds, with few distinct values, so that searches match some. */
export const anyMachine: fc.Arbitrary<Searchable> = fc.record({
  id: fc.integer({ min: 1, max: 30 }),
  name: fc.constantFrom('web1', 'web2', 'db1', 'Running', 'a b'),
  hostname: fc.option(fc.constantFrom('web1.default.acme.uk0.bigv.io', 'x')),
  addresses: fc.subarray(['10.0.0.1', '2001:db8::1']).map((all) => all.join(' ')),
  macs: fc.constantFrom('', 'fe:ff:00:00:00:01'),
  states: fc.constantFrom(['running'], ['stopped'], ['deleted'], ['changing', 'starting']),
  group: fc.option(fc.constantFrom('default', 'foo')),
  cores: fc.integer({ min: 1, max: 4 }),
  memory: fc.constantFrom(512, 1024, 1536, 2048),
  discs: fc.subarray([
    { size: 25_600, grade: 'sata' },
    { size: 51_200, grade: null },
  ]),
  labels: fc.constantFrom('', 'vda\nvdb'),
  cd: fc.option(fc.constant('http://example.com/web.iso')),
  attributes: fc.record({
    head: fc.option(fc.constantFrom('head1', 'head10')),
    hardware_profile: fc.option(fc.constantFrom('virtio2013', 'compatibility2013')),
  }),
})
