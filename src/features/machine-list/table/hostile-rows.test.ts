import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileText, hostileValue, mutated } from '../../../api/testing/hostile.ts'
import { overviewSummary, virtualMachineSchema } from '../../../api/virtual-machines.ts'
import { matcher } from '../../../lib/search/match.ts'
import { parseSearch } from '../../../lib/search/parse.ts'
import { exported } from './export-items.tsx'
import { searchableOf } from '../search/found-rows.ts'
import { COLUMN_IDS, columns, sortRows, type MachineRow } from './columns.ts'

const good = {
  id: 7,
  name: 'www1',
  power_on: true,
  autoreboot_on: true,
  cores: 1,
  memory: 1024,
  hostname: 'www1.default.acme.uk0.bigv.io',
  management_address: '192.0.2.1',
  head: 'head1',
  hardware_profile: 'virtio2013',
  zone_name: null,
  discs: [{ id: 5, label: 'vda', size: 25_600 }],
  network_interfaces: [{ id: 6, ips: ['192.0.2.2', '2001:db8::2'] }],
}

/** Rows of the mutated answers that the schema accepts. */
const rows = fc.array(mutated(good), { maxLength: 8 }).map((answers) =>
  answers.flatMap((answer): MachineRow[] => {
    const { success, data } = virtualMachineSchema.safeParse(answer)
    return success
      ? [{ group: { account: 'acme', group: 'default' }, vm: data, ...overviewSummary(data) }]
      : []
  }),
)

test('every column can show and sort whatever BigV answers', () => {
  let tried = 0
  fc.assert(
    fc.property(rows, (all) => {
      tried += all.length
      for (const by of COLUMN_IDS) {
        for (const row of all) expect(columns[by].text(row)).toBeTypeOf('string')
        const sorted = sortRows(all, { by, descending: false })
        expect(new Set(sorted)).toEqual(new Set(all))
        expect(sortRows(sorted.toReversed(), { by, descending: false }).map(columns[by].sortBy)).toEqual(
          sorted.map(columns[by].sortBy),
        )
      }
    }),
    { numRuns: 100 },
  )
  expect(tried).toBeGreaterThan(0)
})

test('any search returns true or false for any row', () => {
  fc.assert(
    fc.property(
      rows,
      fc.oneof(hostileText(), fc.constantFrom('name:__proto__', 'memory>1e400', 'is:constructor')),
      (all, text) => {
        const matches = matcher(parseSearch(text))
        for (const row of all) expect(matches(searchableOf(row))).toBeTypeOf('boolean')
      },
    ),
    { numRuns: 200 },
  )
})

test('any rows can be exported as valid JSON, and as CSV without formulas', () => {
  const all = COLUMN_IDS.map((id) => columns[id])
  fc.assert(
    fc.property(rows, (machines) => {
      expect(JSON.parse(exported('json', all, machines).text)).toHaveLength(machines.length)
      expect(exported('csv', all, machines).text).not.toMatch(/(?:^|,|\n)"?[=@]/)
    }),
    { numRuns: 100 },
  )
})

test('the schema rejects values that are not machines', () => {
  fc.assert(fc.property(hostileValue(), (value) => !virtualMachineSchema.safeParse(value).success))
})
