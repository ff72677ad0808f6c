import { expect, test } from 'vitest'
import { plannedMachines } from '../simulator/fleet/plan.ts'
import { TIPS } from '../src/features/demo/tips.tsx'
import { expandNames } from '../src/lib/name-pattern.ts'
import { matcher } from '../src/lib/search/match.ts'
import { parseSearch } from '../src/lib/search/parse.ts'

const fleet = plannedMachines(42, 2013)
const find = (name: string) => fleet.find((machine) => machine.name === name)

test('the demo has each machine that a suggestion names, with what it says', () => {
  for (const { machine } of TIPS) expect(find(machine), machine).toBeDefined()
  expect(find('stubborn')).toMatchObject({ power_on: true, ignores_acpi: true })
  expect(find('office-ad')).toMatchObject({ power_on: true, distribution: expect.any(String) })
  expect(find('installer')).toMatchObject({ power_on: true, keymap: 'en-gb' })
  expect(find('blank')?.discs).toBeUndefined()
  expect(find('old-shop')).toMatchObject({ deleted: true, discs: [{}] })
})

test('the suggested search finds several running machines, and the suggested names are five', () => {
  const bulk = TIPS.find(({ title }) => title.startsWith('Shut down several'))
  const url = new URL(bulk?.to({ group: { account: 'a', group: 'g' }, id: 1 }) ?? '', 'http://x')
  const fits = matcher(parseSearch(url.searchParams.get('q') ?? ''))
  const found = fleet.filter(({ name, cores = 1, power_on = false }, id) =>
    fits({
      id,
      name,
      hostname: null,
      addresses: '',
      macs: '',
      discs: [],
      labels: '',
      cd: null,
      states: [power_on ? 'running' : 'stopped'],
      group: null,
      cores,
      memory: 1024,
      attributes: {},
    }),
  )
  expect(found.length).toBeGreaterThan(5)
  const names = TIPS.map(({ text }) => /\S+\{\S+\}/.exec(text)?.[0]).find(Boolean)
  expect(expandNames(names ?? '').names).toHaveLength(5)
})
