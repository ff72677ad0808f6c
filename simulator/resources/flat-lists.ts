import { levelOn, mayRead, scopeOf, type Scope } from '../access/rights.ts'
import { jsonText, listText, type Answer } from '../http/app.ts'
import { identityOf, queryFlag, type Call } from '../http/find.ts'
import type { Machine, Privilege } from '../state/records.ts'
import { lowerCase } from '../state/store.ts'
import { discText } from './discs.ts'
import { shownMachine } from './machines.ts'

// docs/bigv-api.md#flat-endpoints-official

type Filter = (call: Call, scope: Scope & { machine: Machine }, value: string) => boolean

const reaches = (privileges: readonly Privilege[], scope: Scope): boolean => levelOn(privileges, scope) > 0

/** What the flat lists are filtered by; a user's and a privilege's are the machines that they reach. */
const filters: Record<string, Filter> = {
  account_id: (_, { account }, value) => String(account.id) === value,
  account_name: (_, { account }, value) => lowerCase(account.name) === lowerCase(value),
  group_id: (_, { group }, value) => String(group?.id) === value,
  group_name: (_, { group }, value) => group !== undefined && lowerCase(group.name) === lowerCase(value),
  vm_id: (_, { machine }, value) => String(machine.id) === value,
  vm_name: (_, { machine }, value) => lowerCase(machine.name) === lowerCase(value),
  user_id: ({ bigv }, scope, value) => reaches(bigv.store.privileges.by('user', Number(value)), scope),
  user_name: ({ bigv }, scope, value) => {
    const [user] = bigv.store.users.by('username', lowerCase(value))
    return user !== undefined && reaches(bigv.store.privileges.by('user', user.id), scope)
  },
  privilege_id: ({ bigv }, scope, value) => {
    const privilege = bigv.store.privileges.get(Number(value))
    return privilege !== undefined && reaches([privilege], scope)
  },
}

/** The machines that may be read and that all filters of the query let through. */
const filtered = (call: Call): Machine[] => {
  const { store } = call.bigv
  const identity = identityOf(call)
  const wanted = Object.entries(filters).filter(([name]) => call.query.has(name))
  return [...store.machines.all()].filter((machine) => {
    if (machine.deleted && !queryFlag(call, 'include_deleted')) return false
    const scope = { ...scopeOf(store, { machine }), machine }
    return (
      mayRead(store, identity, scope) &&
      wanted.every(([name, passes]) => passes(call, scope, call.query.get(name) ?? ''))
    )
  })
}

/** GET /virtual_machines */
export const listAllMachines = (call: Call): Answer =>
  jsonText(200, listText(filtered(call).map((machine) => shownMachine(call, machine))))

/** GET /discs: those of the machines that the filters let through. */
export const listAllDiscs = (call: Call): Answer => {
  const { store } = call.bigv
  const discs = filtered(call).flatMap((machine) => store.discs.by('machine', machine.id))
  return jsonText(200, listText(discs.map((disc) => discText(store, disc))))
}
