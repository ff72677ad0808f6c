import { userNamed, userWithPassword } from '../access/authenticate.ts'
import type { Factor } from '../access/sessions.ts'
import { json, plain, type Answer } from '../http/answer.ts'
import type { Call } from '../http/call.ts'
import { Refusal, refusal } from '../http/refusal.ts'
import { limits } from '../rules/limits.ts'
import { messages } from '../rules/messages.ts'
import { refusals } from '../rules/refusals.ts'
import type { User } from '../state/records.ts'

const badLogin = (): Refusal => new Refusal(refusals.login.status, refusals.login.says)

const textIn = (call: Call, name: string): string => {
  const value = call.body[name]
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  throw new Refusal(refusals.login_form.status, refusals.login_form.says)
}

/**
 * POST /session: opens a session for a name and a password, and an OTP if one is given; the token is the whole text
 * [official]. As JSON, or form-encoded [python]; `validity` is ignored, the five minutes are the service's [official].
 */
export const openSession = (call: Call): Answer => {
  const { brain } = call
  const [username, password, otp] = ['username', 'password', 'yubikey'].map((name) => textIn(call, name))
  if (!username || !password) throw new Refusal(refusals.login_form.status, refusals.login_form.says)
  const user = userWithPassword(brain, username, password)
  if (!user) throw badLogin()
  const now = brain.wallClock()
  if (otp && brain.otps.age(user.id, otp, now) > limits.otpMaxAge.value * 1000) throw badLogin()
  const factors: Factor[] = otp ? ['password', 'yubikey'] : ['password']
  return plain(200, brain.sessions.open(user.id, factors, now))
}

const holder = (call: Call): { user: User; factors: Factor[] } => {
  const token = call.params['token'] ?? ''
  const fixed = call.tokens.get(token)
  const session = call.brain.sessions.use(token, call.brain.wallClock())
  const user =
    fixed === undefined ? call.brain.store.users.get(session?.userId ?? 0) : userNamed(call.brain, fixed)
  if (!user) throw refusal('missing')
  return { user, factors: session?.factors ?? ['password'] }
}

/** GET /session/TOKEN: whose it is, and five more minutes for it. [official] */
export const showSession = (call: Call): Answer => {
  const { user, factors } = holder(call)
  return json(200, { username: user.username, factors, group_memberships: [] })
}

/** POST /session/TOKEN: a session as somebody else, for staff. [client] */
export const impersonate = (call: Call): Answer => {
  const { store, sessions } = call.brain
  const { user, factors } = holder(call)
  const isStaff = store.privileges.by('user', user.id).some(({ level }) => level.startsWith('cluster_'))
  if (!isStaff) throw refusal('forbidden')
  const other = userNamed(call.brain, textIn(call, 'username'))
  if (!other) throw new Refusal(400, { username: [messages.invalid] })
  return plain(200, sessions.open(other.id, factors, call.brain.wallClock()))
}
