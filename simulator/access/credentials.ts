import { randomUUID } from 'node:crypto'
import { limits } from '../rules/limits.ts'
import { refusal } from '../rules/refusals.ts'
import type { Id, Privilege, User } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { isPassword } from './passwords.ts'
import { isAllowedFrom, type Identity } from './rights.ts'

// How a user proves who they are: docs/bigv-api.md#2-authentication

/** What a request brings along to say who sends it. */
type Given = { authorization: string | undefined; otp: string | undefined; address: string }

/** What a session was opened with: a password, or that and a Yubikey. */
export type Factor = 'password' | 'yubikey'

/** Whom a token is, and with what they signed in. */
type Holder = { user: User; factors: Factor[] }

/** A Yubikey's one-time password is 32 to 48 letters of "modhex". */
const modhex = /^[cbdefghijklnrtuv]{32,48}$/
/** OTPs remembered; the oldest are forgotten first. */
const remembered = 10_000

/** Name and password of Basic credentials: UTF-8 in either base64 alphabet, as fog sends them; null when malformed. */
export const basicCredentials = (encoded: string): { username: string; password: string } | null => {
  const decoded = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon < 0 ? null : { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) }
}

/** Passwords, tokens, sessions and OTPs; they expire by real time, whatever the simulator's speed. */
export class Credentials {
  readonly #store: Store
  readonly #tokens: ReadonlyMap<string, string>
  readonly #sessions = new Map<string, { userId: Id; factors: Factor[]; expires: number }>()
  readonly #otps = new Map<string, number>()
  #aged = 0

  /** @param tokens are taken for ever, as those of the users of these names */
  constructor(store: Store, tokens: ReadonlyMap<string, string>) {
    this.#store = store
    this.#tokens = tokens
  }

  /**
   * Finds out who sends a request and with which privileges. The OTP header is ignored if no privilege needs it. Throws a
   * 401 for missing or wrong credentials, and for an OTP that is none or has expired.
   */
  authenticate({ authorization, otp, address }: Given): Identity {
    const { user, factors } = this.#holderOf(authorization)
    const privileges = this.#store.privileges
      .by('user', user.id)
      .filter((privilege) => isAllowedFrom(privilege.ip_restrictions, address))
    if (!privileges.some((privilege) => privilege.yubikey_required) || factors.includes('yubikey'))
      return { user, usable: privileges, locked: [] }
    const age = otp ? this.#otpAge(user.id, otp) : Infinity
    const isUsable = (privilege: Privilege): boolean =>
      !privilege.yubikey_required || age <= (privilege.yubikey_otp_max_age ?? limits.otpMaxAge) * 1000
    const locked = privileges.filter((privilege) => !isUsable(privilege))
    if (otp && locked.length > 0) throw refusal('otp')
    return { user, usable: privileges.filter(isUsable), locked }
  }

  /** Gives the session of a request that has succeeded five more minutes; other requests have none. */
  keepSession(authorization: string | undefined): void {
    const [, token = ''] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
    if (this.#sessionOf(token)) this.#prolong(token)
  }

  /** Opens a session with a name, a password and, if one is given, an OTP; throws a 401 when they are wrong. */
  signIn(username: string, password: string, otp: string): string {
    const user = this.#withPassword(username, password)
    if (!user || (otp && this.#otpAge(user.id, otp) > limits.otpMaxAge * 1000)) throw refusal('login')
    return this.openSession(user, otp ? ['password', 'yubikey'] : ['password'])
  }

  /** Opens a session and returns its token. */
  openSession(user: User, factors: Factor[]): string {
    for (const [token, session] of this.#sessions)
      if (session.expires <= this.#now()) this.#sessions.delete(token)
    const token = randomUUID()
    this.#sessions.set(token, { userId: user.id, factors, expires: 0 })
    this.#prolong(token)
    return token
  }

  /** Whose token that is, if it is anybody's; a session has five more minutes then. */
  useToken(token: string): Holder | null {
    const holder = this.#byToken(token)
    if (holder) this.#prolong(token)
    return holder
  }

  /** Makes every OTP seen so far expire. */
  expireOtps(): void {
    for (const key of this.#otps.keys()) this.#otps.set(key, -Infinity)
  }

  /** Ends all sessions. */
  expireSessions(): void {
    this.#sessions.clear()
  }

  /** Makes OTPs and sessions that many milliseconds older. */
  age(milliseconds: number): void {
    this.#aged += milliseconds
  }

  /** Forgets all sessions and OTPs. */
  reset(): void {
    this.#sessions.clear()
    this.#otps.clear()
    this.#aged = 0
  }

  #now(): number {
    return Date.now() + this.#aged
  }

  #holderOf(authorization: string | undefined): Holder {
    const [, scheme = '', value = ''] = /^(\w+) +(\S+) *$/.exec(authorization ?? '') ?? []
    const holder =
      scheme.toLowerCase() === 'basic'
        ? this.#byPassword(value)
        : scheme.toLowerCase() === 'bearer'
          ? this.#byToken(value)
          : null
    if (!holder) throw refusal('credentials')
    return holder
  }

  #byPassword(encoded: string): Holder | null {
    const given = basicCredentials(encoded)
    const user = given && this.#withPassword(given.username, given.password)
    return user ? { user, factors: ['password'] } : null
  }

  #withPassword(username: string, password: string): User | undefined {
    const user = this.#store.users.by('username', username.toLowerCase())[0]
    return user && isPassword(password, user.password) ? user : undefined
  }

  #byToken(token: string): Holder | null {
    const [owner] = this.#store.users.by('username', this.#tokens.get(token) ?? '')
    if (owner) return { user: owner, factors: ['password'] }
    const session = this.#sessionOf(token)
    const user = session && this.#store.users.get(session.userId)
    return user ? { user, factors: session.factors } : null
  }

  #sessionOf(token: string): { userId: Id; factors: Factor[] } | undefined {
    const session = this.#sessions.get(token)
    return session && session.expires > this.#now() ? session : undefined
  }

  #prolong(token: string): void {
    const session = this.#sessions.get(token)
    if (session) session.expires = this.#now() + limits.sessionAge * 1000
  }

  /**
   * The age of a user's OTP in milliseconds: 0 when it is new, Infinity when it is none or was made to expire. One may be
   * replayed until its window is over, and never again.
   */
  #otpAge(userId: Id, otp: string): number {
    if (!modhex.test(otp)) return Infinity
    const key = `${userId} ${otp}`
    const seen = this.#otps.get(key)
    if (seen !== undefined) return this.#now() - seen
    this.#otps.set(key, this.#now())
    const oldest = this.#otps.keys().next().value
    if (this.#otps.size > remembered && oldest !== undefined) this.#otps.delete(oldest)
    return 0
  }
}
