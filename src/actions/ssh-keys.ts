import { userPath, type User } from '../api/users.ts'
import { put } from './requests.ts'
import { resourceAction } from './resource-action.ts'

interface KeysChange {
  /** The user, with the keys that the page showed. */
  user: User
  /** All the user's keys in one string, as BigV takes them (docs/bigv-api.md#10-users-and-privileges). */
  authorized_keys: string
}

export const setKeys = resourceAction({
  name: 'set_keys',
  on: 'user',
  label: 'Change SSH keys',
  done: (name) => `SSH keys of ${name} changed`,
  resource: 'user',
  of: ({ user }: KeysChange) => ({ id: user.id }),
  // The request replaces all keys: any key added since the page showed them would be lost.
  fetchFirst: true,
  target: ({ user }) => ({ account: '', group: '', id: null, name: user.username }),
  requests: ({ user, authorized_keys }) => [put(userPath(user.id), { authorized_keys })],
  disabledReason: (now, { user }) =>
    keysOf(now) === keysOf(user) ? null : 'The SSH keys have changed since they were shown.',
  contradiction: (now, { authorized_keys }) =>
    keysOf(now) === authorized_keys
      ? null
      : 'BigV accepted the request, but the keys aren’t the ones you sent.',
  cli: null,
})

const keysOf = ({ authorized_keys }: User): string => authorized_keys ?? ''
