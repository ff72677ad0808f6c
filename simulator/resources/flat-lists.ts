import { levelOn, mayRead, scopeOf, type Scope } from '../access/rights.ts'
import { jsonText, listText, type Answer } from '../http/app.ts'
import { identityOf, queryFlag, readableGroups, type Call } from '../http/find.ts'
import type { Machine, PartName, Privilege } from '../state/records.ts'
import { lowerCase } from '../state/store.ts'
import { shownGroup } from './groups.ts'
import { shownMachine } from './machines.ts'
import { partTexts } from './parts.ts'

// docs/bigv-api.md#flat-endpoints-official

type Filter = (call: Call, scope: Scope, value: string) => boolean

const reaches = (privileges: readonly Privilege[], scope: Scope): boolean => levelOn(privileges, scope) > 0

/**
 * The filters of the flat lists. A filter by user or privilege selects the machines and groups which the user's privileges,
 * or that privilege, cover.
 */
const filters: Record<string, Filter> = {
  account_id: (_, { account }, value) => String(account.id) === value,
  account_name: (_, { account }, value) => lowerCase(account.name) === lowerCase(value),
  group_id: (_, { group }, value) => String(group?.id) === value,
  group_name: (_, { group }, value) => group !== undefined && lowerCase(group.name) === lowerCase(value),
  vm_id: (_, { machine }, value) => String(machine?.id) === value,
  vm_name: (_, { machine }, value) => machine !== undefined && lowerCase(machine.name) === lowerCase(value),
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

/** True if the scope passes all filters of the query. */
const passesFilters = (call: Call, scope: Scope): boolean =>
  Object.entries(filters).every(([name, passes]) => {
    const value = call.query.get(name)
    return value === null || passes(call, scope, value)
  })

/** The machines that the user may read and that pass the filters. */
const listedMachines = (call: Call): Machine[] => {
  const { store } = call.bigv
  const identity = identityOf(call)
  return [...store.machines.all()].filter((machine) => {
    if (machine.deleted && !queryFlag(call, 'include_deleted')) return false
    const scope = scopeOf(store, { machine })
    return mayRead(store, identity, scope) && passesFilters(call, scope)
  })
}

/** GET /groups */
export const listAllGroups = (call: Call): Answer => {
  const accounts = [...call.bigv.store.accounts.all()]
  const groups = accounts.flatMap((account) => readableGroups(call, account))
  const listed = groups.filter((scope) => passesFilters(call, scope))
  return jsonText(200, listText(listed.map((scope) => shownGroup(call, scope))))
}

/** GET /virtual_machines */
export const listAllMachines = (call: Call): Answer =>
  jsonText(200, listText(listedMachines(call).map((machine) => shownMachine(call, machine))))

/** GET /discs, /nics and other flat lists of parts: those of the machines that pass the filters. */
export const listAllParts =
  (name: PartName) =>
  (call: Call): Answer =>
    jsonText(
      200,
      listText(listedMachines(call).flatMap((machine) => partTexts(call.bigv.store, name, machine))),
    )
