import { hashedPassword } from '../access/credentials.ts'
import { isStaff } from '../access/rights.ts'
import { json, noContent, type Answer } from '../http/app.ts'
import { attributesOf, orNone, refine, text } from '../http/attributes.ts'
import { findUser, identityOf, mayReadUser, type Call } from '../http/find.ts'
import { messages, refusal } from '../rules/refusals.ts'
import type { User } from '../state/records.ts'
import { lowerCase, type Store } from '../state/store.ts'
import { accountName, addOwnAccount } from './accounts.ts'

// docs/bigv-api.md#10-users-and-privileges

/** The JSON of a user, without the password. */
const shown = ({ id, username, email, authorized_keys }: User) => ({ id, username, email, authorized_keys })

export const addUser = (
  store: Store,
  { password, ...rest }: { username: string; password: string } & Partial<Omit<User, 'id'>>,
): User =>
  store.users.put({
    email: null,
    authorized_keys: null,
    ...rest,
    id: store.users.nextId(),
    password: hashedPassword(password),
  })

const findUserToChange = (call: Call): User => {
  const user = findUser(call)
  const identity = identityOf(call)
  if (user.id !== identity.user.id && !isStaff(identity.usable)) throw refusal('forbidden')
  return user
}

/** GET /users */
export const listUsers = (call: Call): Answer =>
  json(200, [...call.bigv.store.users.all()].filter((user) => mayReadUser(call, user)).map(shown))

/** GET /users/ID */
export const showUser = (call: Call): Answer => json(200, shown(findUser(call)))

/** The SSH keys are one string with a key per line. */
const changeable = {
  authorized_keys: orNone(text()),
  password: text(),
}

const newUsername = (store: Store) =>
  refine(
    text({ pattern: /^[a-z0-9]*$/i, min: 3 }),
    (name) => store.users.count('username', lowerCase(name)) === 0,
    messages.taken,
  )

/** POST /users: works without credentials. Then account_name also creates an account for the new user. */
export const createUser = (call: Call): Answer => {
  const { store } = call.bigv
  const values = attributesOf(
    call.body,
    {
      ...changeable,
      username: newUsername(store),
      email: orNone(text({ pattern: /^\S+@\S+$/ })),
      ...(!call.identity && { account_name: accountName(store) }),
    },
    ['username', 'password'],
  )
  const { username = '', password = '', email = null, authorized_keys = null, account_name } = values
  const user = store.transaction(() => {
    const made = addUser(store, { username, password, email, authorized_keys })
    if (account_name) addOwnAccount(store, account_name, made)
    return made
  })
  return json(201, shown(user))
}

/** PUT /users/ID: a username or email in the body is ignored. */
export const updateUser = (call: Call): Answer => {
  const user = findUserToChange(call)
  const { authorized_keys = user.authorized_keys, password } = attributesOf(call.body, changeable)
  const passwordHash = password ? hashedPassword(password) : user.password
  return json(200, shown(call.bigv.store.users.put({ ...user, authorized_keys, password: passwordHash })))
}

/** DELETE /users/ID: deletes a user with their privileges and API keys. */
export const deleteUser = (call: Call): Answer => {
  const user = findUserToChange(call)
  call.bigv.store.remove('users', user.id)
  return noContent()
}
