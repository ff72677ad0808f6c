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
  shownIn: {
    resource: 'user',
    of: (_, { id }) => ({ id }),
    isDone: (now, { authorized_keys }: { id: number; authorized_keys: string }) =>
      keysOf(now) === authorized_keys,
  },
  // The request replaces all keys: any key added since the page showed them would be lost.
  fetchFirst: true,
  target: ({ user }: KeysChange) => ({ account: '', group: '', id: null, name: user.username }),
  requests: ({ user, authorized_keys }) => [put(userPath(user.id), { authorized_keys })],
  disabledReason: (now, { user }) =>
    keysOf(now) === keysOf(user) ? null : 'The SSH keys have changed since they were shown.',
  expects: ({ user, authorized_keys }) => ({ id: user.id, authorized_keys }),
  contradiction: () => 'BigV accepted the request, but the keys aren’t the ones you sent.',
  cli: null,
})

const keysOf = ({ authorized_keys }: User): string => authorized_keys ?? ''
