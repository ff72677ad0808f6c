import { mayRead, refusalFor, rights } from '../access/rights.ts'
import { extended, jsonText, listText, noContent, typed, type Answer } from '../http/app.ts'
import { attributesOf, flag, refine, text } from '../http/attributes.ts'
import { findAccount, identityOf, readableGroups, wantsOverview, type Call } from '../http/find.ts'
import { limits, words } from '../rules/limits.ts'
import { messages, refusal } from '../rules/refusals.ts'
import type { Account, Group, User } from '../state/records.ts'
import { lowerCase, type Store } from '../state/store.ts'
import { addGroup, groupOverview } from './groups.ts'
import { addPrivilege } from './privileges.ts'

// docs/bigv-api.md#5-accounts

const accountText = (account: Account): string =>
  JSON.stringify({ id: account.id, name: account.name, suspended: account.suspended })

const shown = (call: Call, account: Account): string => {
  if (!wantsOverview(call)) return accountText(account)
  const groups = readableGroups(call, account).map((scope) => typed('group', groupOverview(call, scope)))
  return extended(accountText(account), `"groups":${listText(groups)}`)
}

/** GET /accounts: an array, though the documents' example shows a bare object. */
export const listAccounts = (call: Call): Answer => {
  const { store } = call.bigv
  const identity = identityOf(call)
  const all = [...store.accounts.all()]
  const readable = all.filter((account) => mayRead(store, identity, { account }))
  const locked = all.some((account) => refusalFor(store, identity, { account }, 'read')?.status === 401)
  if (readable.length === 0 && locked) throw refusal('otp')
  return jsonText(200, listText(readable.map((account) => shown(call, account))))
}

/** GET /accounts/ID */
export const showAccount = (call: Call): Answer => jsonText(200, shown(call, findAccount(call)))

/** Accepts a name that no other account has. */
export const accountName = (store: Store) =>
  refine(
    text({ pattern: limits.groupName }),
    (name) => store.accounts.count('name', lowerCase(name)) === 0,
    messages.taken,
  )

/** Adds an account and its first group. */
export const addAccount = (
  store: Store,
  name: string,
  vlan: number | null = null,
): { account: Account; group: Group } => {
  const account = store.accounts.put({ id: store.accounts.nextId(), name, suspended: false })
  return { account, group: addGroup(store, account, words.firstGroup, vlan) }
}

/** Adds an account, and makes the user its account_admin. */
export const addOwnAccount = (store: Store, name: string, admin: User): Account => {
  const { account } = addAccount(store, name)
  addPrivilege(
    store,
    admin,
    'account_admin',
    { account_id: account.id },
    { creating_username: admin.username },
  )
  return account
}

/** POST /accounts: the user becomes the new account's admin. */
export const createAccount = (call: Call): Answer => {
  const { store } = call.bigv
  const { name = '' } = attributesOf(call.body, { name: accountName(store) }, ['name'])
  const account = store.transaction(() => addOwnAccount(store, name, identityOf(call).user))
  return jsonText(201, accountText(account))
}

/** PUT /accounts/ID: only staff can suspend an account. An account's name cannot change, so a name in the body is ignored. */
export const updateAccount = (call: Call): Answer => {
  const account = findAccount(call, 'suspended' in call.body ? rights.suspendAccount : rights.changeAccount)
  const { suspended = account.suspended } = attributesOf(call.body, { suspended: flag })
  const updated = call.bigv.store.accounts.put({ ...account, suspended })
  return jsonText(200, accountText(updated))
}

/** DELETE /accounts/ID: needs a higher level than POST /accounts. */
export const deleteAccount = (call: Call): Answer => {
  const { store } = call.bigv
  const account = findAccount(call, rights.deleteAccount)
  const groups = store.groups.by('account', account.id)
  if (groups.some((group) => store.machines.count('group', group.id) > 0)) throw refusal('account_not_empty')
  store.remove('accounts', account.id)
  return noContent()
}
