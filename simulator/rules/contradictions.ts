import type { Source } from './rule.ts'

type Contradiction = {
  subject: string
  one: [says: string, ...Source[]]
  other: [says: string, ...Source[]]
  chosen: string
  why: string
  /** The test that shows it: file and title. */
  shownBy: [file: string, title: string]
}

/** Where the sources contradict each other: what was chosen, why, and the test that holds it. */
export const contradictions: Contradiction[] = [
  {
    subject: 'GET of one machine',
    one: ['an array of one', 'seed'],
    other: ['an object', 'client', 'fog', 'terraform', 'fixture'],
    chosen: 'an object',
    why: 'every client needs it',
    shownBy: ['conformance/reading.test.ts', 'is an object with every attribute of the documents'],
  },
  {
    subject: 'GET /accounts',
    one: ['a bare object', 'docs'],
    other: ['an array', 'client', 'fog'],
    chosen: 'an array',
    why: 'the example shows one account only; clients iterate',
    shownBy: ['conformance/reading.test.ts', 'accounts are an array, and one is an object'],
  },
  {
    subject: 'Disc sizes',
    one: ['bytes', 'docs'],
    other: ['MiB', 'docs', 'client', 'fixture'],
    chosen: 'MiB',
    why: 'the examples and all clients mean MiB',
    shownBy: ['conformance/discs.test.ts', 'sizes from 50 MiB to 2 TiB'],
  },
  {
    subject: 'Status of plain POSTs',
    one: ['201', 'docs'],
    other: ['200', 'fog'],
    chosen: '201',
    why: 'the notes say it, and fog alone minds: there is a setting for it',
    shownBy: ['conformance/groups.test.ts', 'one is made, read, renamed and deleted'],
  },
  {
    subject: 'Status of ip_create, signal and reimage',
    one: ['200', 'docs', 'fog'],
    other: ['201', 'docs'],
    chosen: '200',
    why: 'nothing is made that could be read afterwards',
    shownBy: ['conformance/network.test.ts', 'ip_create adds addresses, routed to the main one'],
  },
  {
    subject: 'Status of the DELETE of a privilege',
    one: ['204', 'docs'],
    other: ['200', 'fog'],
    chosen: '204',
    why: 'as every other DELETE',
    shownBy: ['conformance/users.test.ts', 'one is given, changed and taken'],
  },
  {
    subject: 'autoreboot_on after a re-image',
    one: ['set to false', 'docs'],
    other: ['left alone', 'fog'],
    chosen: 'false',
    why: 'fog stops the machine first, so that it was false before: the same',
    shownBy: ['conformance/power.test.ts', 'afterwards it is on, and autoreboot_on is false'],
  },
  {
    subject: 'Creation with a system and neither power flag',
    one: ['comes up', 'python'],
    other: ['stays off', 'client'],
    chosen: 'stays off',
    why: 'that is what --stopped of the official client sends; the Python client does not insist',
    shownBy: ['conformance/creation.test.ts', 'started by %s'],
  },
  {
    subject: 'Which flag starts a new machine',
    one: ['power_on', 'seed'],
    other: ['autoreboot_on alone is enough', 'client'],
    chosen: 'either',
    why: 'BigV starts whatever is off and has autoreboot_on',
    shownBy: ['conformance/creation.test.ts', 'started by %s'],
  },
  {
    subject: 'The name of the Delete key',
    one: ['del', 'seed', 'python'],
    other: ['delete', 'docs', 'fog'],
    chosen: 'both, and any other name',
    why: 'the list of keys cannot be complete',
    shownBy: ['conformance/power.test.ts', 'sendkey %s'],
  },
  {
    subject: 'Groups in paths',
    one: ['id or "default"', 'seed'],
    other: ['id or any name', 'docs', 'client'],
    chosen: 'id or any name',
    why: 'the one includes the other',
    shownBy: ['conformance/reading.test.ts', 'account, group and machine are found by id and by name'],
  },
  {
    subject: 'Machines and discs in paths',
    one: ['id', 'seed', 'docs'],
    other: ['name, label', 'client'],
    chosen: 'both; digits are an id first',
    why: 'the official client knows names only, the others ids only',
    shownBy: ['conformance/discs.test.ts', 'one is added, read by id and label, and listed'],
  },
  {
    subject: 'Unknown query parameters',
    one: ['all but view are ignored', 'docs'],
    other: ['include_deleted and purge matter', 'seed', 'docs'],
    chosen: 'these three matter, and the filters of flat lists; the others are ignored',
    why: 'the one page is older than the other',
    shownBy: ['conformance/reading.test.ts', 'unknown query parameters are ignored'],
  },
  {
    subject: 'Methods of the flat paths',
    one: ['GET only', 'official'],
    other: ['DELETE /discs/ID, and all of a machine whose name is digits', 'client'],
    chosen: 'all methods',
    why: 'what the client sends has to work',
    shownBy: ['conformance/discs.test.ts', 'DELETE wants purge=true, else it is a 500'],
  },
  {
    subject: 'Taking a disc from a running machine',
    one: ['changes work, and show after a restart', 'docs'],
    other: ['only while it is off', 'fog'],
    chosen: 'taken',
    why: 'the documents allow changes of running machines in general; fog says so in its README only',
    shownBy: ['conformance/discs.test.ts', 'one can be added, grown and removed while the machine runs'],
  },
  {
    subject: 'Labels such as vda',
    one: ['refused', 'official'],
    other: ['sent, and shown in examples', 'docs', 'fog'],
    chosen: 'taken',
    why: 'older clients know no other',
    shownBy: ['tests/other-clients.test.ts', 'fog: polls a creation through the overview until it is on'],
  },
  {
    subject: 'Uniqueness of a machine’s name',
    one: ['unique while it exists', 'seed'],
    other: ['unique in the account', 'fog'],
    chosen: 'unique in the group, deleted machines included',
    why: 'the host name has the group in it',
    shownBy: ['conformance/creation.test.ts', 'a name is taken while its machine exists, deleted or not'],
  },
  {
    subject: 'Address attribute of /ips',
    one: ['address', 'docs', 'fog'],
    other: ['ip', 'client'],
    chosen: 'address',
    why: 'no command of the client uses its own',
    shownBy: ['conformance/network.test.ts', 'reverse DNS of an address'],
  },
]
