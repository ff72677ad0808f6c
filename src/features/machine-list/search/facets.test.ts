import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSearch } from '../../../lib/search/parse.ts'
import { matcher } from '../../../lib/search/match.ts'
import { withFacet } from './facet-search.ts'
import { FACETS } from './facet-names.ts'
import { countFacets } from './facets.tsx'
import { matchingNow, searchableOf } from './found-rows.ts'
import type { MachineRow } from '../table/columns.ts'

const group = { account: 'acme', group: 'default' }
const row = (id: number, power_on: boolean, autoreboot_on: boolean, deleted = false): MachineRow => ({
  group,
  vm: { id, name: `vm${id}`, power_on, autoreboot_on, deleted, cores: 1, memory: 1024 },
  address: undefined,
  discs: undefined,
})

test('countFacets counts each machine once: deleted, then changing, then in its own state', () => {
  const rows = [
    row(1, true, true),
    row(2, false, false),
    row(3, false, true), // restarting
    row(4, false, true), // should be on
    row(5, true, false), // shutting down
    row(6, true, true, true),
    row(7, false, false, true), // deleted, and being purged
  ]
  const changing = new Map([
    [5, 'Shutting down…'],
    [7, 'Purging…'],
  ])
  expect(countFacets(rows, changing, new Set([4]))).toEqual({
    all: 5,
    running: 1,
    stopped: 2,
    changing: 2,
    deleted: 2,
  })
})

test('each facet shows as many machines as its count says', () => {
  const machine = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean())
  const ids = fc.array(fc.nat(20), { maxLength: 5 })
  fc.assert(
    fc.property(fc.array(machine, { maxLength: 20 }), ids, ids, (machines, moving, late) => {
      const rows = machines.map(([on, autoreboot, deleted], id) => row(id, on, autoreboot, deleted))
      const changing = new Map(moving.map((id) => [id, 'Starting…']))
      const shouldBeOn = new Set(late)
      const counts = countFacets(rows, changing, shouldBeOn)
      for (const { value } of FACETS) {
        const fits = matchingNow(matcher(parseSearch(withFacet('', value))), {
          changing,
          shouldBeOn,
          tagged: new Map(),
        })
        const found = rows.filter((each) => fits(searchableOf(each)))
        const shown = value === 'all' ? found.filter(({ vm }) => !vm.deleted) : found
        expect(shown.length, value).toBe(counts[value])
      }
    }),
  )
})
