import { refusalFor, mayRead } from '../access/rights.ts'
import { jsonText, noContent, type Answer } from '../http/answer.ts'
import { attributesOf, flag, text, that } from '../http/attributes.ts'
import { identityOf, wantsOverview, type Call } from '../http/call.ts'
import { findAccount, readableGroups, readableMachines } from '../http/find.ts'
import { refusal } from '../http/refusal.ts'
import { listText, typedGroup } from '../http/views.ts'
import { rights } from '../rules/rights.ts'
import { limits } from '../rules/limits.ts'
import { messages } from '../rules/messages.ts'
import { words } from '../rules/words.ts'
import { statuses } from '../rules/statuses.ts'
import type { Account, User } from '../state/records.ts'
import { folded, type Store } from '../state/store.ts'

const shown = (call: Call, account: Account): string => {
  const { views } = call.brain
  if (!wantsOverview(call)) return views.account(account)
  const groups = readableGroups(call, account).map((scope) =>
    typedGroup(views.groupOverview(scope.group, readableMachines(call, scope))),
  )
  return views.accountOverview(account, groups)
}

/** GET /accounts: an array, though the documents' example shows a bare object. [client][fog] */
export const listAccounts = (call: Call): Answer => {
  const { store } = call.brain
  const identity = identityOf(call)
  const all = [...store.accounts.all()]
  const readable = all.filter((account) => mayRead(store, identity, { account }))
  const locked = all.some((account) => refusalFor(store, identity, { account }, 'read')?.status === 401)
  if (readable.length === 0 && locked) throw refusal('otp')
  return jsonText(200, listText(readable.map((account) => shown(call, account))))
}

/** GET /accounts/ID */
export const showAccount = (call: Call): Answer => jsonText(200, shown(call, findAccount(call)))

/** Returns a reader of names that no account has. */
export const accountName = (store: Store) =>
  that(
    text({ pattern: limits.groupName.value }),
    (name) => store.accounts.count('name', folded(name)) === 0,
    messages.taken,
  )

/** Adds an account with its first group, of which that user is the account_admin, and returns it. [docs] */
export const addAccount = (store: Store, name: string, admin: User): Account => {
  const account = store.accounts.put({ id: store.accounts.nextId(), name, suspended: false })
  store.groups.put({
    id: store.groups.nextId(),
    account_id: account.id,
    name: words.firstGroup.value,
    vlan_num: null,
  })
  store.privileges.put({
    id: store.privileges.nextId(),
    user_id: admin.id,
    level: 'account_admin',
    creating_username: admin.username,
    password_required: true,
    yubikey_required: false,
    yubikey_otp_max_age: null,
    ip_restrictions: null,
    account_id: account.id,
    group_id: null,
    virtual_machine_id: null,
  })
  return account
}

/** POST /accounts: whoever makes it becomes its admin. [choice] */
export const createAccount = (call: Call): Answer => {
  const { store, views } = call.brain
  const { name = '' } = attributesOf(call.body, { name: accountName(store) }, ['name'])
  const account = store.transaction(() => addAccount(store, name, identityOf(call).user))
  return jsonText(statuses.post.value, views.account(account))
}

/** PUT /accounts/ID: the name cannot change once made [docs], so it is dropped; suspending is the staff's. [choice] */
export const updateAccount = (call: Call): Answer => {
  const account = findAccount(
    call,
    'suspended' in call.body ? rights.suspendAccount.value : rights.changeAccount.value,
  )
  const { suspended = account.suspended } = attributesOf(call.body, { suspended: flag })
  const updated = call.brain.store.accounts.put({ ...account, suspended })
  return jsonText(200, call.brain.views.account(updated))
}

/** DELETE /accounts/ID: needs more rights than creating. [docs] */
export const deleteAccount = (call: Call): Answer => {
  const { store } = call.brain
  const account = findAccount(call, rights.deleteAccount.value)
  const groups = store.groups.by('account', account.id)
  if (groups.some((group) => store.machines.count('group', group.id) > 0)) throw refusal('account_not_empty')
  store.transaction(() => {
    for (const group of groups) {
      for (const privilege of store.privileges.by('group', group.id)) store.privileges.remove(privilege.id)
      store.groups.remove(group.id)
    }
    for (const privilege of store.privileges.by('account', account.id)) store.privileges.remove(privilege.id)
    store.accounts.remove(account.id)
  })
  return noContent()
}
