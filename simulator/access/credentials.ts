import type { Brain } from '../brain.ts'
import { refusal } from '../http/refusal.ts'
import { limits } from '../rules/limits.ts'
import type { Privilege, User } from '../state/records.ts'
import { isAllowedFrom } from './ip-restrictions.ts'
import { isPassword } from './passwords.ts'
import type { Identity } from './rights.ts'
import type { Factor } from './sessions.ts'

/** What a request brings along to say who sends it. */
export type Credentials = { authorization: string | undefined; otp: string | undefined; address: string }

/** Tokens that are taken as a user's for ever, by the user's name. */
export type FixedTokens = ReadonlyMap<string, string>

type Known = { user: User; factors: Factor[] }

/** Returns the user of that name, if there is one. */
export const userNamed = (brain: Brain, username: string): User | undefined =>
  brain.store.users.by('username', username.toLowerCase())[0]

/** Returns the user of that name if that is the password. */
export const userWithPassword = (brain: Brain, username: string, password: string): User | undefined => {
  const user = userNamed(brain, username)
  return user && isPassword(password, user.password) ? user : undefined
}

/** Returns name and password of Basic credentials, which are UTF-8 in either base64 alphabet [fog]; null when malformed. */
export const basicCredentials = (encoded: string): { username: string; password: string } | null => {
  const decoded = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon < 0 ? null : { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) }
}

const byBasic = (brain: Brain, encoded: string): Known | null => {
  const credentials = basicCredentials(encoded)
  const user = credentials && userWithPassword(brain, credentials.username, credentials.password)
  return user ? { user, factors: ['password'] } : null
}

const byToken = (brain: Brain, tokens: FixedTokens, token: string): Known | null => {
  const fixed = tokens.get(token)
  const owner = fixed === undefined ? undefined : userNamed(brain, fixed)
  if (owner) return { user: owner, factors: ['password'] }
  const session = brain.sessions.find(token, brain.wallClock())
  const user = session && brain.store.users.get(session.userId)
  return user ? { user, factors: session.factors } : null
}

/** Gives the session of a request that has succeeded five more minutes; other requests have none, and nothing happens. */
export const keepSession = (brain: Brain, authorization: string | undefined): void => {
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
  if (token !== undefined) brain.sessions.use(token, brain.wallClock())
}

const known = (brain: Brain, tokens: FixedTokens, authorization: string | undefined): Known => {
  const [, scheme = '', value = ''] = /^(\w+) +(\S+) *$/.exec(authorization ?? '') ?? []
  const found =
    scheme.toLowerCase() === 'basic'
      ? byBasic(brain, value)
      : scheme.toLowerCase() === 'bearer'
        ? byToken(brain, tokens, value)
        : null
  if (!found) throw refusal('credentials')
  return found
}

/**
 * Finds out who sends a request and with which privileges. The OTP header is ignored if no privilege needs it [docs].
 * Throws a 401 for missing or wrong credentials, and for an OTP that is none or whose time is over.
 */
export const authenticate = (brain: Brain, tokens: FixedTokens, credentials: Credentials): Identity => {
  const { user, factors } = known(brain, tokens, credentials.authorization)
  const privileges = brain.store.privileges
    .by('user', user.id)
    .filter((privilege) => isAllowedFrom(privilege.ip_restrictions, credentials.address))
  if (!privileges.some((privilege) => privilege.yubikey_required) || factors.includes('yubikey'))
    return { user, usable: privileges, locked: [] }
  const age = credentials.otp ? brain.otps.age(user.id, credentials.otp, brain.wallClock()) : Infinity
  const isUsable = (privilege: Privilege): boolean =>
    !privilege.yubikey_required || age <= (privilege.yubikey_otp_max_age ?? limits.otpMaxAge.value) * 1000
  const locked = privileges.filter((privilege) => !isUsable(privilege))
  if (credentials.otp && locked.length > 0) throw refusal('otp')
  return { user, usable: privileges.filter(isUsable), locked }
}
