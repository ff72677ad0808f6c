import { heightOn, mayRead, scopeOf, type Scope } from '../access/rights.ts'
import { jsonText, type Answer } from '../http/answer.ts'
import { identityOf, says, type Call } from '../http/call.ts'
import { listText } from '../http/views.ts'
import type { Machine, Privilege } from '../state/records.ts'
import { folded } from '../state/store.ts'
import { shownMachine } from './virtual-machines.ts'

type Filter = (call: Call, scope: Scope & { machine: Machine }, value: string) => boolean

const reaches = (privileges: readonly Privilege[], scope: Scope): boolean => heightOn(privileges, scope) > 0

/** What the flat lists are filtered by [official]; a user's and a privilege's are the machines that they reach [choice]. */
const filters: Record<string, Filter> = {
  account_id: (_, { account }, value) => String(account.id) === value,
  account_name: (_, { account }, value) => folded(account.name) === folded(value),
  group_id: (_, { group }, value) => String(group?.id) === value,
  group_name: (_, { group }, value) => group !== undefined && folded(group.name) === folded(value),
  vm_id: (_, { machine }, value) => String(machine.id) === value,
  vm_name: (_, { machine }, value) => folded(machine.name) === folded(value),
  user_id: ({ brain }, scope, value) => reaches(brain.store.privileges.by('user', Number(value)), scope),
  user_name: ({ brain }, scope, value) => {
    const [user] = brain.store.users.by('username', folded(value))
    return user !== undefined && reaches(brain.store.privileges.by('user', user.id), scope)
  },
  privilege_id: ({ brain }, scope, value) => {
    const privilege = brain.store.privileges.get(Number(value))
    return privilege !== undefined && reaches([privilege], scope)
  },
}

/** Returns the machines that may be read and that all filters of the query let through. */
const filtered = (call: Call): Machine[] => {
  const { store } = call.brain
  const identity = identityOf(call)
  const wanted = Object.entries(filters).filter(([name]) => call.query.has(name))
  return [...store.machines.all()].filter((machine) => {
    if (machine.deleted && !says(call, 'include_deleted')) return false
    const scope = { ...scopeOf(store, { machine }), machine }
    return (
      mayRead(store, identity, scope) &&
      wanted.every(([name, passes]) => passes(call, scope, call.query.get(name) ?? ''))
    )
  })
}

/** GET /virtual_machines [official] */
export const listAllMachines = (call: Call): Answer =>
  jsonText(200, listText(filtered(call).map((machine) => shownMachine(call, machine))))

/** GET /discs: those of the machines that the filters let through. [official] */
export const listAllDiscs = (call: Call): Answer => {
  const { store, views } = call.brain
  const discs = filtered(call).flatMap((machine) => store.discs.by('machine', machine.id))
  return jsonText(200, listText(discs.map((disc) => views.disc(disc))))
}
