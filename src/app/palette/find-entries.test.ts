import { describe, expect, test } from 'vitest'
import type { AccountMachine } from '../../api/accounts.ts'
import { groupQueries } from '../../api/groups.ts'
import { queryClient } from '../../api/query-client.ts'
import { overviewSummary } from '../../api/virtual-machines.ts'
import { searchableOf } from '../../features/machine-list/search/found-rows.ts'
import { matcher } from '../../lib/search/match.ts'
import { parseSearch } from '../../lib/search/parse.ts'
import { entriesOfMachine, machineEntries, pageEntries, withIds } from './entries.ts'
import { findEntries, type PaletteEntries } from './find-entries.ts'

const machine = (id: number, name: string, group = 'default'): AccountMachine => ({
  group,
  vm: { id, name, power_on: true, autoreboot_on: true, cores: 1, memory: 1024 },
})
const path = (named: string) => `/accounts/acme/groups/default/virtual_machines/${named}`
const all = (change: Partial<PaletteEntries> = {}): PaletteEntries => ({
  here: [],
  pages: pageEntries('acme', [
    { id: 1, name: 'default' },
    { id: 2, name: 'staging' },
  ]),
  machines: machineEntries('acme', [
    machine(1, 'web1'),
    machine(2, 'web2', 'staging'),
    machine(3, 'activist'),
  ]),
  recent: [],
  matching: (query) => {
    const fits = matcher(parseSearch(query))
    return ({ ref, vm }) => fits(searchableOf({ group: ref, vm, ...overviewSummary(vm) }))
  },
  ...change,
})
const tenThousand = () =>
  machineEntries(
    'acme',
    Array.from({ length: 10_000 }, (_, id) => machine(id, `web${id}`)),
  )
const labels = (typed: string, change?: Partial<PaletteEntries>) =>
  findEntries(typed, all(change)).entries.map(({ label, hint }) => `${label}, ${hint}`)

describe('the palette', () => {
  test('lists recent machines, recent groups, actions, other groups and pages if nothing is typed', () => {
    const [web1] = machineEntries('acme', [machine(1, 'web1')])
    const found = labels('', {
      here: web1 ? entriesOfMachine(web1) : [],
      recent: [
        '/accounts/acme/groups/staging/virtual_machines',
        '/accounts/acme/groups/staging/virtual_machines/2',
        '/accounts/acme/groups/gone/virtual_machines',
      ],
    })
    expect(found.slice(0, 4)).toEqual([
      'web2, staging',
      'staging, group of acme',
      'Start web1, ',
      'Shut down web1…, ',
    ])
    expect(found.indexOf('default, group of acme')).toBe(found.indexOf('Overview, of acme') - 1)
    expect(found).toContain('Overview, of acme')
    expect(found).toContain('web1, default')
    expect(found.filter((label) => label === 'web2, staging')).toHaveLength(1)
  })

  test('offers automatic restart on or off, whichever the machine isn’t, and any side effect', () => {
    const off = machine(4, 'off1')
    off.vm = { ...off.vm, power_on: false, autoreboot_on: false }
    const machines = machineEntries('acme', [machine(1, 'web1'), off])
    expect(labels('autoreboot off web1', { machines })).toContain('Automatic restart off: web1, default')
    expect(labels('autoreboot on web1', { machines })).not.toContain('Automatic restart on: web1, default')
    expect(labels('autoreboot on off1', { machines })[0]).toBe(
      'Automatic restart on: off1, default · starts it, too',
    )
    const [web1] = machines
    const here = web1 ? entriesOfMachine(web1) : []
    expect(labels('autoreboot', { here, machines })[0]).toBe('Automatic restart off: web1, ')
  })

  test('finds machines, groups and pages', () => {
    expect(labels('web')).toEqual(expect.arrayContaining(['web1, default', 'web2, staging']))
    expect(labels('web stag')[0]).toBe('web2, staging')
    expect(labels('activ')[0]).toBe('activist, default')
    expect(labels('activity')[0]).toMatch(/^Activity/)
    expect(labels('staging')[0]).toBe('staging, group of acme')
    expect(labels('create stag')[0]).toBe('Create machine, in staging')
    expect(labels('zzz')).toEqual([])
  })

  test('finds machines as the search of the list does, first those with the words in their names', () => {
    const db = machine(4, 'db1')
    db.vm = {
      ...db.vm,
      power_on: false,
      head: 'web-head',
      network_interfaces: [{ id: 1, ips: ['198.18.0.7', '2001:db8::7'] }],
    }
    const machines = machineEntries('acme', [db, machine(1, 'web1'), machine(2, 'web2', 'staging')])
    expect(labels('web', { machines }).slice(0, 3)).toEqual([
      'web1, default',
      'web2, staging',
      'db1, default',
    ])
    expect(labels('is:running web', { machines })).toEqual(['web1, default', 'web2, staging'])
    for (const query of ['198.18.', '2001:db8:0::7', 'ip:198.18.0.7', 'head:web-*', 'is:restarting'])
      expect(labels(query, { machines }), query).toEqual(['db1, default'])
    expect(labels('stop group:staging', { machines })[0]).toBe('Force stop web2…, staging')
    expect(labels('wb1', { machines })).toEqual([])
  })

  test('ranks recent visits first', () => {
    const recent = ['/accounts/acme/groups/staging/virtual_machines/2']
    expect(labels('web')[0]).toBe('web1, default')
    expect(labels('web', { recent })[0]).toBe('web2, staging')
  })

  test('offers an action on each machine that matches the words typed after it', () => {
    const stops = ['Force stop web1…, default', 'Force stop web2…, staging']
    expect(labels('force stop web').slice(0, 2)).toEqual(stops)
    expect(labels('stop web').slice(0, 2)).toEqual(stops)
    expect(labels('Shut down web2')[0]).toBe('Shut down web2…, staging')
    expect(labels('shut down ')).not.toContain('Shut down web1…, default')
  })

  test('recognises visits to machines by name, and takes a number in a path for an ID', () => {
    const machines = machineEntries('acme', [machine(5, '7'), machine(7, 'web')])
    expect(withIds([path('web'), path('gone'), path('7')], machines)).toEqual([path('7'), path('gone')])
  })

  test.each([
    ['7', ['7, default · ID 5', 'web, default · ID 7', '77-web, default']],
    [
      'stop 7',
      ['Force stop 7…, default · ID 5', 'Force stop web…, default · ID 7', 'Force stop 77-web…, default'],
    ],
    ['8', ['77-web, default · ID 8']],
  ])('for “%s”, lists the machines with that ID or name first, with their IDs', (typed, first) => {
    const machines = machineEntries('acme', [machine(8, '77-web'), machine(5, '7'), machine(7, 'web')])
    expect(labels(typed, { machines }).slice(0, first.length)).toEqual(first)
  })

  test('links to a machine and its tabs by its ID', () => {
    const [entry] = machineEntries('acme', [machine(5, '7')])
    const links = entry
      ? entriesOfMachine(entry).flatMap((each) => (each.kind === 'page' ? each.to : []))
      : []
    expect(links).toContain('/accounts/acme/groups/default/virtual_machines/5?tab=discs')
    expect(links.filter((link) => !link.includes('virtual_machines/5'))).toEqual([])
  })

  test('shows and finds a group with a number as its name by that name, not by its ID', () => {
    queryClient.setQueryData(groupQueries.list('acme').queryKey, [{ id: 17, name: '2024' }])
    const [web] = machineEntries('acme', [machine(5, 'web', '17')])
    expect(web).toMatchObject({ hint: '2024', text: 'web 2024 5' })
    const hints = web && entriesOfMachine(web).map(({ hint }) => hint)
    expect(hints).toContain('in 2024')
  })

  test('returns the best 40 matches and counts all of them', () => {
    const machines = tenThousand()
    const { entries, count } = findEntries('web99', all({ machines }))
    expect(entries).toHaveLength(40)
    expect(entries[0]?.label).toBe('web99')
    expect(count).toBeGreaterThanOrEqual(111)
    expect(findEntries('', all({ machines })).entries).toHaveLength(40)
  })

  test.each([
    ['web99', 1],
    ['web 99 default', 1],
    ['zzz', 1],
    // Once for the machine's own entry, and once for the action on the machine.
    ['stop web99', 2],
  ])('matches each machine once, or twice if an action is typed as well: “%s”', (typed, looks) => {
    let matched = 0
    const machines = tenThousand()
    const { matching } = all()
    const counting: PaletteEntries['matching'] = (query) => {
      const fits = matching(query)
      return (entry) => {
        matched += 1
        return fits(entry)
      }
    }
    findEntries(typed, all({ machines, matching: counting }))
    expect(matched).toBe(looks * machines.length)
  })
})
