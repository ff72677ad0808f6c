import { keptPassword } from '../access/passwords.ts'
import type { Id, Level, Privilege, User } from '../state/records.ts'
import type { Store } from '../state/store.ts'

/** Whom the demo signs in as: the admin of the account `acme`. */
export const demoUser = { username: 'demo', password: 'demo', account: 'acme' } as const

/** Adds a user, and returns it. */
export const addUser = (
  store: Store,
  username: string,
  password: string,
  email: string | null = null,
): User =>
  store.users.put({
    id: store.users.nextId(),
    username,
    email,
    authorized_keys: null,
    password: keptPassword(password),
  })

type Target = { account?: Id; group?: Id; machine?: Id }

/** Gives a user a privilege over an account, group or machine, or over the cluster when `target` is empty. */
export const grant = (
  store: Store,
  user: User,
  level: Level,
  target: Target,
  extra: Partial<Privilege> = {},
): Privilege =>
  store.privileges.put({
    id: store.privileges.nextId(),
    user_id: user.id,
    level,
    creating_username: 'staff',
    password_required: true,
    yubikey_required: false,
    yubikey_otp_max_age: null,
    ip_restrictions: null,
    account_id: target.account ?? null,
    group_id: target.group ?? null,
    virtual_machine_id: target.machine ?? null,
    ...extra,
  })
