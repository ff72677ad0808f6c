import type { Factor } from '../access/credentials.ts'
import { isStaff } from '../access/rights.ts'
import { json, plain, type Answer } from '../http/app.ts'
import type { Call } from '../http/find.ts'
import { badValues, messages, refusal } from '../rules/refusals.ts'
import type { User } from '../state/records.ts'
import { lowerCase } from '../state/store.ts'

// The auth service: docs/bigv-api.md#2-authentication

const textIn = (call: Call, name: string): string => {
  const value = call.body[name]
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  throw refusal('login_form')
}

/**
 * POST /session: opens a session for a name, a password and an optional OTP. The answer's text is the token. The body is
 * JSON, or form-encoded as the Python client sends it. `validity` is ignored: a session always lasts five minutes.
 */
export const openSession = (call: Call): Answer => {
  const [username = '', password = '', otp = ''] = ['username', 'password', 'yubikey'].map((name) =>
    textIn(call, name),
  )
  if (username === '' || password === '') throw refusal('login_form')
  return plain(200, call.bigv.credentials.signIn(username, password, otp))
}

const ownerOf = (call: Call): { user: User; factors: Factor[] } => {
  const owner = call.bigv.credentials.useToken(call.params['token'] ?? '')
  if (!owner) throw refusal('missing')
  return owner
}

/** GET /session/TOKEN: shows the session's user, and extends the session by five minutes. */
export const showSession = (call: Call): Answer => {
  const { user, factors } = ownerOf(call)
  return json(200, { username: user.username, factors, group_memberships: [] })
}

/** POST /session/TOKEN: opens a session as another user, for staff only. */
export const impersonate = (call: Call): Answer => {
  const { store, credentials } = call.bigv
  const { user, factors } = ownerOf(call)
  if (!isStaff(store.privileges.by('user', user.id))) throw refusal('forbidden')
  const [other] = store.users.by('username', lowerCase(textIn(call, 'username')))
  if (!other) throw badValues({ username: [messages.invalid] })
  return plain(200, credentials.openSession(other, factors))
}
