import { describe, expect, test } from 'vitest'
import { machine, REF } from '../../../api/testing/machines.ts'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import type { Operation } from '../../operation.ts'
import { operation } from '../../testing/samples.ts'
import {
  changeInWords,
  differencesOf,
  windowInWords,
  type ChangeElsewhere,
  type Difference,
} from './change.ts'
import { ChangeDetector, ownChanges } from './detect.ts'
import { addChangesElsewhere, changesElsewhere, clearChangesElsewhere, MOST_CHANGES } from './store.ts'

const disc = (size: number) => ({ id: 1, label: 'vda', size })

const inWords = (found: readonly (Difference & { name: string; after_ms: number })[]) =>
  found.map((each) => `${each.after_ms} ${each.name} ${changeInWords(each)}`)

const moved = (after_ms: number) => [`${after_ms} web was moved from group default to web`]

const ended = (given: Partial<Operation>): Operation =>
  operation({ phase: 'ended', outcome: 'done', begunAt: 101_000, endedAt: 102_000, ...given })

const change = (given: Partial<ChangeElsewhere>): ChangeElsewhere => ({
  key: 'k',
  account: 'acme',
  group: 'default',
  id: 7,
  name: 'web',
  what: 'power_on',
  before: true,
  after: false,
  after_ms: 100,
  before_ms: 200,
  ...given,
})

test.each([
  ['a power-off', { power_on: false }, ['was turned off']],
  ['a move to another head', { head: 'head2' }, ['moved from head head1 to head2']],
  ['a power-off without a move to no head', { power_on: false, head: null }, ['was turned off']],
  ['a new name', { name: 'db' }, ['was renamed, from web to db']],
  ['new cores and memory', { cores: 4, memory: 4096 }, ['cores 1 → 4', 'memory 1 GiB → 4 GiB']],
  ['a deletion', { deleted: true }, ['was deleted']],
  ['automatic restart turned off', { autoreboot_on: false }, ['automatic restart turned off']],
  [
    'a new CD, without its password',
    { cdrom_url: 'http://me:secret@x/y.iso' },
    ['CD none → http://••••••@x/y.iso'],
  ],
  ['a new keymap', { keymap: 'de' }, ['keymap none → de']],
  [
    'a new hardware profile and its lock',
    { hardware_profile_locked: true, hardware_profile: 'virtio2013' },
    ['hardware profile none → virtio2013', 'hardware profile locked'],
  ],
  ['a grown disc', { discs: [disc(2048)] }, ['discs vda 1 GiB → vda 2 GiB']],
  ['a purged disc', { discs: [] }, ['discs vda 1 GiB → none']],
  // Attributes that aren't compared, or that one fetch lacks.
  ['nothing for an attribute that isn’t compared', { last_imaged_with: 'wheezy' }, []],
  [
    'nothing for attributes that one fetch lacks',
    { discs: undefined, head: undefined, cores: undefined as unknown as number },
    [],
  ],
  ['nothing for a value that stayed the same', { cdrom_url: null }, []],
] as [string, Partial<VirtualMachine>, string[]][])(
  'a change made elsewhere is listed: %s',
  (_, change, words) => {
    const before = machine({
      cdrom_url: null,
      keymap: null,
      hardware_profile: null,
      hardware_profile_locked: false,
      discs: [disc(1024)],
    })
    expect(differencesOf(before, { ...before, ...change }).map(changeInWords)).toEqual(words)
  },
)

describe('the change detector', () => {
  const [a, b, c] = [
    machine({ id: 1, name: 'a' }),
    machine({ id: 2, name: 'b' }),
    machine({ id: 3, name: 'c' }),
  ]

  test('shows what has changed in a list since its last fetch, and which machines are new or gone', () => {
    const detector = new ChangeDetector()
    expect(detector.list(REF, 'x', [a, b], 10)).toEqual([])
    expect(detector.list(REF, 'x', [a, b], 20)).toEqual([])
    expect(inWords(detector.list(REF, 'x', [{ ...a, power_on: false }, c], 30))).toEqual([
      '20 a was turned off',
      '20 c appeared',
      '20 b is no longer there: deleted, moved or purged',
    ])
    expect(detector.list(REF, 'y', [c], 40)).toEqual([])
  })

  test('doesn’t compare ten thousand rows if none has changed', () => {
    const looks = { count: 0 }
    const watched = (vm: VirtualMachine) =>
      new Proxy(vm, {
        get(target, name) {
          if (name !== 'id') looks.count += 1
          return Reflect.get(target, name)
        },
      })
    const rows = Array.from({ length: 10_000 }, (_, id) => watched(machine({ id, name: `m${id}` })))
    const detector = new ChangeDetector()
    detector.list(REF, 'x', rows, 10)
    expect(detector.list(REF, 'x', rows, 20)).toEqual([])
    expect(looks.count).toBe(0)
    const one = rows.with(5_000, machine({ id: 5_000, name: 'm5000', power_on: false }))
    expect(inWords(detector.list(REF, 'x', one, 30))).toEqual(['20 m5000 was turned off'])
    // Attributes are only read of the row that has changed.
    expect(looks.count).toBeLessThan(30)
  })

  describe('a machine that someone has moved to another group', () => {
    const OTHER = { account: 'acme', group: 'web' }
    const [here, there] = [machine({ group_id: 1 }), machine({ group_id: 2 })]

    test('is shown as moved to its new group, whichever list was fetched first', () => {
      const ways: ((detector: ChangeDetector) => unknown)[] = [
        (detector) => detector.list(REF, 'x', [here], 10),
        (detector) => detector.machine(REF, here, 10),
        (detector) => {
          detector.list(REF, 'x', [here], 10)
          detector.list(OTHER, 'x', [], 12)
          expect(inWords(detector.list(REF, 'x', [], 20))).toEqual([
            '10 web is no longer there: deleted, moved or purged',
          ])
        },
      ]
      for (const before of ways) {
        const [byList, alone] = [new ChangeDetector(), new ChangeDetector()]
        before(byList)
        expect(inWords(byList.list(OTHER, 'x', [there], 30))).toEqual(moved(10))
        expect(byList.list(OTHER, 'y', [there], 40)).toEqual([])
        before(alone)
        expect(inWords(alone.machine(OTHER, there, 30))).toEqual(moved(10))
        expect(alone.machine(OTHER, there, 40)).toEqual([])
      }
    })

    test('isn’t shown as gone from its old group if it was seen in the new one', () => {
      const detector = new ChangeDetector()
      detector.list(REF, 'x', [here], 10)
      detector.machine(OTHER, there, 30)
      expect(inWords(detector.list(REF, 'x', [], 40))).toEqual(moved(10))
    })

    test('isn’t shown as moved if only the group’s name differs, or the group has no id', () => {
      const detector = new ChangeDetector()
      detector.list(REF, 'x', [here], 10)
      detector.list({ account: 'acme', group: '1' }, 'x', [], 10)
      expect(inWords(detector.list({ account: 'acme', group: '1' }, 'x', [here], 20))).toEqual([
        '10 web appeared',
      ])
      expect(detector.machine(OTHER, machine(), 30)).toEqual([])
    })
  })

  test('compares a machine’s own fetch with its previous own fetch, not with the list', () => {
    const detector = new ChangeDetector()
    expect(detector.machine(REF, a, 10)).toEqual([])
    expect(inWords(detector.machine(REF, { ...a, head: 'head2' }, 20))).toEqual([
      '10 a moved from head head1 to head2',
    ])
    expect(detector.machine(REF, { ...a, head: 'head2' }, 30)).toEqual([])
  })
})

describe('a change that an operation of this browser may have made', () => {
  const seen = {
    what: 'power_on',
    account: 'acme',
    id: 7,
    name: 'web',
    after_ms: 100_000,
    before_ms: 110_000,
  } as const

  test.each([
    ['running', operation({ begunAt: 90_000 }), true],
    ['running since before the clock was set back', operation({ begunAt: 900_000 }), true],
    ['ended in between', ended({}), true],
    ['ended just before: the list was behind', ended({ begunAt: 95_000, endedAt: 98_000 }), true],
    ['ended long before', ended({ begunAt: 50_000, endedAt: 60_000 }), false],
    ['begun afterwards', ended({ begunAt: 111_000, endedAt: 112_000 }), false],
    ['without an answer, long before', ended({ begunAt: 50_000, endedAt: 60_000, outcome: 'unclear' }), true],
    ['no longer watched', ended({ begunAt: 50_000, endedAt: 60_000, outcome: 'no longer watching' }), true],
    ['on another machine', ended({ target: { account: 'acme', group: 'default', id: 8, name: 'x' } }), false],
    [
      'of another account',
      ended({ target: { account: 'birch', group: 'default', id: 7, name: 'web' } }),
      false,
    ],
    ['a change of other attributes', ended({ action: 'change', expects: { cores: 2 } }), false],
    ['keys', ended({ action: 'send_keys' }), false],
    ['from another tab of this browser', ended({ otherTab: true }), true],
    [
      'a creation whose id is not known yet',
      ended({ action: 'create', target: { account: 'acme', group: 'default', id: null, name: 'web' } }),
      true,
    ],
  ])('is explained by an operation ($0): $2', (_, own, is) => {
    expect(ownChanges([own])(seen)).toBe(is)
  })

  test.each([
    ['change', { cores: 2 }, 'cores', true],
    ['change', { cores: 2 }, 'name', false],
    ['change', { group_id: 3 }, 'there', true],
    ['change', { group_id: 3 }, 'group', true],
    ['delete', null, 'there', true],
    ['purge', null, 'there', true],
    ['undelete', null, 'deleted', true],
    ['start', null, 'cores', false],
    ['start', null, 'head', true],
    ['add_disc', { label: 'x' }, 'discs', true],
    ['reimage', null, 'autoreboot_on', true],
  ] as const)('is explained by the action $0 if it concerns $2: $3', (action, expects, what, is) => {
    expect(ownChanges([ended({ action, expects })])({ ...seen, what })).toBe(is)
  })
})

describe('the list of changes made elsewhere', () => {
  test('shows a change once even if two fetches show it, and again if it happens again', () => {
    clearChangesElsewhere()
    addChangesElsewhere([change({}), change({ after_ms: 50, before_ms: 300 })])
    addChangesElsewhere([change({ after_ms: 150, before_ms: 250 })])
    expect(changesElsewhere()).toHaveLength(1)
    addChangesElsewhere([
      change({ after: true, after_ms: 300, before_ms: 400 }),
      change({ after_ms: 500, before_ms: 600 }),
    ])
    addChangesElsewhere([change({ id: 8 }), change({ what: 'head' })])
    expect(changesElsewhere()).toHaveLength(5)
  })

  test('replaces a machine’s “no longer there” by its move, unless the move came earlier', () => {
    clearChangesElsewhere()
    const gone = { what: 'there', before: true, after: false } as const
    addChangesElsewhere([
      change({ ...gone, after_ms: 10, before_ms: 50 }),
      change({ ...gone, after_ms: 100, before_ms: 200 }),
      change({ ...gone, id: 8, after_ms: 100, before_ms: 200 }),
    ])
    addChangesElsewhere([
      change({ what: 'group', before: 'default', after: 'web', after_ms: 100, before_ms: 300 }),
    ])
    expect(changesElsewhere().map(({ id, what, before_ms }) => [id, what, before_ms])).toEqual([
      [7, 'there', 50],
      [8, 'there', 200],
      [7, 'group', 300],
    ])
  })

  test('drops the oldest changes first', () => {
    clearChangesElsewhere()
    addChangesElsewhere(Array.from({ length: MOST_CHANGES + 2 }, (_, id) => change({ id })))
    expect(changesElsewhere()).toHaveLength(MOST_CHANGES)
    expect(changesElsewhere()[0]?.id).toBe(2)
    clearChangesElsewhere()
  })

  test('shows the times between which a change happened', () => {
    const today = new Date().setHours(12, 0, 0, 0)
    expect(windowInWords(change({ after_ms: today, before_ms: today + 10_000 }))).toBe(
      'between 12:00:00 and 12:00:10',
    )
  })
})
