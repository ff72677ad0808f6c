import type { Action, CommandWords, Sent } from './action.ts'
import { dotted, word } from './cli.ts'
import { minutes } from './helpers.ts'

/** Declares an action on what is no machine that exists: one request, read back once. */
const action = <const Name extends string>(
  given: Pick<Action<Name>, 'name' | 'on' | 'label' | 'done'> & Partial<Action>,
): Action<Name> => ({ inProgress: null, watch: null, cli: null, ...given, name: given.name })

export const create = action({
  name: 'create',
  on: 'new machine',
  label: 'Create',
  inProgress: 'Creating…',
  done: 'was created',
  watch: { overdueAfter: minutes(15) },
})

export const setKeys = action({
  name: 'set_keys',
  on: 'user',
  label: 'Change SSH keys',
  done: 'has its SSH keys changed',
})

export const grantPrivilege = action({
  name: 'grant_privilege',
  on: 'privilege',
  label: 'Grant privilege',
  done: 'was granted',
  cli: privilegeWords('grant', 'to'),
})

export const changePrivilege = action({
  name: 'change_privilege',
  on: 'privilege',
  label: 'Change privilege',
  done: 'was changed',
})

export const revokePrivilege = action({
  name: 'revoke_privilege',
  on: 'privilege',
  label: 'Revoke privilege',
  done: 'was revoked',
  cli: privilegeWords('revoke', 'from'),
})

function privilegeWords(verb: string, preposition: string) {
  return ({ body, target, expected: { level, on, username } }: Sent): CommandWords | null => {
    // The client has no words for these.
    if (body['yubikey_otp_max_age'] || body['ip_restrictions'] || typeof on !== 'string') return null
    const names = { vm: [on, target.group, target.account], group: [on, target.account], account: [on] }
    const kind = target.id !== null ? 'vm' : target.group !== '' ? 'group' : 'account'
    const yubikey = body['yubikey_required'] === true ? ['--yubikey-required'] : []
    const [where, whose] = [dotted(names[kind]), word(username)]
    return [verb, 'privilege', ...yubikey, word(level), 'on', where, preposition, whose]
  }
}
