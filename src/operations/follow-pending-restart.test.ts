import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { machine, REF } from '../api/testing/machines.ts'
import { fakeStorage } from '../lib/testing/fake-storage.ts'
import { DEMO } from './testing/machine-at-bigv.ts'
import { operation } from './testing/samples.ts'

const KEY = 'bigv.gathered.waiting-restart demo'
const CORES = [{ attribute: 'cores', from: 1, to: 2, at: 1_000 }]
const ON = machine({ cores: 1 })

let stored: Map<string, string>
let reads: number
let otherTabWrote: (event: { key: string }) => void

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 })
  stored = new Map()
  reads = 0
  vi.stubGlobal(
    'localStorage',
    new Proxy(
      fakeStorage(() => stored),
      {
        get: (storage, name) => {
          if (name === 'getItem') reads += 1
          return Reflect.get(storage, name) as unknown
        },
      },
    ),
  )
  vi.stubGlobal('addEventListener', (type: string, listener: typeof otherTabWrote) => {
    if (type === 'storage') otherTabWrote = listener
  })
  vi.resetModules()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function start() {
  const { signIn, signOut } = await import('../session/session.ts')
  signIn(DEMO, false)
  const { followPendingChanges, noteBeforeChange } = await import('./follow-pending-restart.ts')
  const { endOperation, putOperation } = await import('./store.ts')
  const { queryClient } = await import('../api/query-client.ts')
  const { accountQueries } = await import('../api/accounts.ts')
  const { machineQueries } = await import('../api/virtual-machines.ts')
  const { pendingStore } = await import('./pending-restart.ts')
  followPendingChanges()
  return {
    signOut,
    as: (username: string) => signIn({ ...DEMO, username }, false),
    known: pendingStore.get,
    change: (outcome: 'done' | 'refused' | 'unclear', patch: object = { cores: 2 }) => {
      noteBeforeChange('c', ON)
      putOperation(operation({ key: 'c', action: 'change', expects: { ...patch } }))
      endOperation('c', outcome, '')
    },
    end: (action: 'reboot' | 'reset') => {
      putOperation(operation({ key: action, action }))
      endOperation(action, 'done', '')
    },
    read: (vm: typeof ON) =>
      queryClient.setQueryData(machineQueries.detail(REF, vm.id).queryKey, { vm, creating: false }),
    readAllGroups: (list: (typeof ON)[]) =>
      queryClient.setQueryData(accountQueries.overview('acme').queryKey, {
        id: 1,
        name: 'acme',
        groups: [{ id: 1, name: 'default', virtual_machines: list }],
      }),
    readList: (list: (typeof ON)[]) => queryClient.setQueryData(machineQueries.list(REF).queryKey, list),
  }
}

const kept = () => JSON.parse(stored.get(KEY) ?? '{}') as unknown

test('a change that waits for a restart is remembered after a reload, but no refused change', async () => {
  const first = await start()
  first.change('refused')
  expect(kept()).toEqual({})
  first.change('done', { cores: 2, name: 'new' })
  expect(kept()).toEqual({ 'acme/7': CORES })

  vi.resetModules()
  const second = await start()
  second.end('reset')
  expect(kept()).toEqual({ 'acme/7': CORES })
  second.end('reboot')
  expect(kept()).toEqual({})
})

test('a change that got no answer waits for a restart only once a fetch shows it', async () => {
  const { change, read } = await start()
  change('unclear')
  read({ ...ON, cores: 2 })
  expect(kept()).toEqual({ 'acme/7': CORES })
  read(ON)
  expect(kept()).toEqual({})
})

test('changes that wait for a restart follow large fetches without reading the storage', async () => {
  const { change, read, readList, readAllGroups } = await start()
  change('done')
  reads = 0
  const others = Array.from({ length: 10_000 }, (_, index) => machine({ id: 100 + index }))
  readList([...others, { ...ON, cores: 2 }])
  expect(kept()).toEqual({ 'acme/7': CORES })
  readList([...others, { ...ON, cores: 2, power_on: false }])
  expect(kept()).toEqual({})
  change('done')
  read({ ...ON, cores: 2, power_on: false })
  expect(kept()).toEqual({})
  change('done')
  readAllGroups([{ ...ON, cores: 2 }])
  expect(kept()).toEqual({ 'acme/7': CORES })
  readAllGroups([{ ...ON, cores: 2, power_on: false }])
  expect(kept()).toEqual({})
  expect(reads).toBe(0)
})

test('changes that wait for a restart are kept for each user, and forgotten on sign-out', async () => {
  const tab = await start()
  tab.change('done')
  tab.as('colleague')
  expect(tab.known()).toEqual({})
  tab.change('done', { cores: 3 })
  expect(tab.known()).toMatchObject({ 'acme/7': [{ to: 3 }] })
  expect(kept()).toEqual({ 'acme/7': CORES })

  // The first user's other tab, which receives what this tab writes.
  vi.resetModules()
  const other = await start()
  otherTabWrote({ key: KEY })
  expect(other.known()).toEqual({ 'acme/7': CORES })
  tab.as('third')
  otherTabWrote({ key: KEY })
  expect(other.known()).toEqual({ 'acme/7': CORES })
  tab.signOut()
  expect([...stored.keys()].join()).not.toContain('waiting')
  otherTabWrote({ key: KEY })
  expect(other.known()).toEqual({})
})
