import { keptPassword } from '../access/passwords.ts'
import { heightOf, heightOn, scopeOf, type Identity } from '../access/rights.ts'
import { json, noContent, type Answer } from '../http/answer.ts'
import { attributesOf, orNone, readAttributes, text, that } from '../http/attributes.ts'
import { identityOf, type Call } from '../http/call.ts'
import { badValues, refusal } from '../http/refusal.ts'
import { rights } from '../rules/rights.ts'
import { limits } from '../rules/limits.ts'
import { messages } from '../rules/messages.ts'
import { statuses } from '../rules/statuses.ts'
import type { Privilege, User } from '../state/records.ts'
import { folded, type Store } from '../state/store.ts'
import { accountName, addAccount } from './accounts.ts'

/** Returns what is shown of a user: the password is write only. [docs] */
const shown = ({ id, username, email, authorized_keys }: User) => ({ id, username, email, authorized_keys })

const isStaff = ({ usable }: Identity): boolean => usable.some(({ level }) => level.startsWith('cluster_'))

/** Whether a privilege is for something of which whoever asks is the admin. */
const isUnder = (store: Store, identity: Identity, privilege: Privilege): boolean => {
  const machine = store.machines.get(privilege.virtual_machine_id ?? 0)
  const group = store.groups.get(machine?.group_id ?? privilege.group_id ?? 0)
  const account = store.accounts.get(group?.account_id ?? privilege.account_id ?? 0)
  if (!account) return isStaff(identity)
  const scope = machine ? scopeOf(store, { machine }) : group ? scopeOf(store, { group }) : { account }
  return heightOn(identity.usable, scope) >= heightOf(rights.readUsers.value)
}

/** Whether a user may be read: by himself, by staff, and by the admins of what he has privileges for. [choice] */
const mayReadUser = (call: Call, user: User): boolean => {
  const identity = identityOf(call)
  const { store } = call.brain
  return (
    user.id === identity.user.id ||
    isStaff(identity) ||
    store.privileges.by('user', user.id).some((privilege) => isUnder(store, identity, privilege))
  )
}

/** Returns the user of the path, by number or name. Throws a 404 when he may not be read. [docs] */
export const findUser = (call: Call): User => {
  const part = call.params['user'] ?? ''
  const { users } = call.brain.store
  const user = (/^\d{1,15}$/.test(part) && users.get(Number(part))) || users.by('username', folded(part))[0]
  if (!user || !mayReadUser(call, user)) throw refusal('missing')
  return user
}

const findUserToChange = (call: Call): User => {
  const user = findUser(call)
  const identity = identityOf(call)
  if (user.id !== identity.user.id && !isStaff(identity)) throw refusal('forbidden')
  return user
}

/** GET /users */
export const listUsers = (call: Call): Answer =>
  json(200, [...call.brain.store.users.all()].filter((user) => mayReadUser(call, user)).map(shown))

/** GET /users/ID */
export const showUser = (call: Call): Answer => json(200, shown(findUser(call)))

/** Keys are one text, parted by newlines. [docs] */
const changeable = {
  authorized_keys: orNone(text()),
  password: text(),
}

const newUsername = (store: Store) =>
  that(
    text(limits.username.value),
    (name) => store.users.count('username', folded(name)) === 0,
    messages.taken,
  )

/** POST /users: needs no credentials, and without them also takes account_name, to make an account with it. [docs] */
export const createUser = (call: Call): Answer => {
  const { store } = call.brain
  const { values, errors } = readAttributes(
    call.body,
    {
      ...changeable,
      username: newUsername(store),
      email: orNone(text({ pattern: /^\S+@\S+$/ })),
      ...(!call.identity && { account_name: accountName(store) }),
    },
    ['username', 'password'],
  )
  if (Object.keys(errors).length > 0) throw badValues(errors)
  const { username = '', password = '', email = null, authorized_keys = null, account_name } = values
  const user = store.transaction(() => {
    const id = store.users.nextId()
    const made = store.users.put({ id, username, email, authorized_keys, password: keptPassword(password) })
    if (account_name) addAccount(store, account_name, made)
    return made
  })
  return json(statuses.post.value, shown(user))
}

/** PUT /users/ID: username and email are ignored. [docs] */
export const updateUser = (call: Call): Answer => {
  const user = findUserToChange(call)
  const { authorized_keys = user.authorized_keys, password } = attributesOf(call.body, changeable)
  const kept = password ? keptPassword(password) : user.password
  return json(200, shown(call.brain.store.users.put({ ...user, authorized_keys, password: kept })))
}

/** DELETE /users/ID, with his privileges. */
export const deleteUser = (call: Call): Answer => {
  const user = findUserToChange(call)
  const { store } = call.brain
  store.transaction(() => {
    for (const privilege of store.privileges.by('user', user.id)) store.privileges.remove(privilege.id)
    store.users.remove(user.id)
  })
  return noContent()
}
