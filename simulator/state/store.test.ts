import { expect, test } from 'vitest'
import type { Records } from './records.ts'
import { createStore, type Store } from './store.ts'

/** The owners of record 1 of each table. Tables that are not listed are parts of a machine. */
const owners: Partial<Record<keyof Records, object>> = {
  accounts: {},
  groups: { account_id: 1 },
  machines: { group_id: 1 },
  ips: { nic_id: 1 },
  users: {},
  privileges: { user_id: 1, account_id: 1, group_id: 1, virtual_machine_id: 1, api_key_id: 1 },
  backups: { disc_id: 1 },
  backupSchedules: { disc_id: 1 },
  apiKeys: { user_id: 1 },
}

/** A store with one record in each table. */
const filled = (): Store => {
  const store = createStore()
  const names = { name: 'one', username: 'one', address: 1, digest: 'one' }
  for (const table of Object.keys(store.tables) as (keyof Records)[])
    store.tables[table].put({ id: 1, ...names, ...(owners[table] ?? { virtual_machine_id: 1 }) })
  return store
}

const tablesOf = (store: Store, empty: boolean): string[] =>
  Object.entries(store.tables)
    .filter(([, table]) => [...table.all()].length === (empty ? 0 : 1))
    .map(([name]) => name)

test.each<[keyof Records, (keyof Records)[]]>([
  ['machines', ['accounts', 'groups', 'users', 'apiKeys']],
  ['groups', ['accounts', 'users', 'apiKeys']],
  ['accounts', ['users', 'apiKeys']],
])('removing the only record of %s leaves records only in the tables %j', (table, left) => {
  const store = filled()
  store.remove(table, 1)
  expect(tablesOf(store, false)).toEqual(left)
})

test.each<[keyof Records, (keyof Records)[]]>([
  ['discs', ['discs', 'backups', 'backupSchedules']],
  ['nics', ['nics', 'ips']],
  ['users', ['users', 'privileges', 'apiKeys']],
  ['apiKeys', ['privileges', 'apiKeys']],
])('removing the only record of %s empties the tables %j, and no others', (table, gone) => {
  const store = filled()
  store.remove(table, 1)
  expect(tablesOf(store, true)).toEqual(gone)
})

test("the store removes a record's dependants, but not those of other records", () => {
  const store = filled()
  store.tables.discs.put({ id: 2, virtual_machine_id: 2 })
  store.tables.backups.put({ id: 2, disc_id: 2 })
  store.remove('machines', 1)
  expect([...store.discs.all(), ...store.backups.all()].map(({ id }) => id)).toEqual([2, 2])
})

test('the store restores all removed records if the transaction fails', () => {
  const store = filled()
  const failing = (): void => {
    store.remove('accounts', 1)
    throw new Error('no')
  }
  expect(() => store.transaction(failing)).toThrow('no')
  expect(tablesOf(store, true)).toEqual([])
})
