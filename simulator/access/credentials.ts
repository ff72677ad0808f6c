import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { limits } from '../rules/limits.ts'
import { refusal } from '../rules/refusals.ts'
import type { ApiKey, Id, Privilege, User } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { isAllowedFrom, type Identity } from './rights.ts'

// How users sign in: docs/bigv-api.md#2-authentication

/** The credentials in a request's headers, and the address of the client. */
type RequestCredentials = { authorization: string | undefined; otp: string | undefined; address: string }

/** The factors with which a session was opened: a password, or a password and a Yubikey. */
export type Factor = 'password' | 'yubikey'

/** The user to whom the credentials belong, and how they signed in; `apiKey` is set if the token is one of their API keys. */
type Owner = { user: User; factors: Factor[]; apiKey?: ApiKey }

/** A token with this prefix is an API key: docs/bigv-api.md#2-authentication */
const apiKeyPrefix = 'apikey.'

/** The digest of an API key. The key itself isn't stored, and is shown only when it is created. */
export const apiKeyDigest = (key: string): string => createHash('sha256').update(key).digest('hex')

/** A Yubikey's one-time password is 32 to 48 letters of "modhex". */
const modhex = /^[cbdefghijklnrtuv]{32,48}$/
/** The number of used OTPs to remember; beyond it, the oldest are forgotten. */
const maxOtps = 10_000

/**
 * The name and password of Basic credentials in UTF-8; null if malformed. Accepts both base64 alphabets, because fog uses
 * the URL-safe one.
 */
export const basicCredentials = (encoded: string): { username: string; password: string } | null => {
  const decoded = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  return colon < 0 ? null : { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) }
}

/** Passwords, tokens, sessions and OTPs. Sessions and OTPs expire in real time, whatever the simulator's speed. */
export class Credentials {
  readonly #store: Store
  readonly #tokens: ReadonlyMap<string, string>
  readonly #sessions = new Map<string, { userId: Id; factors: Factor[]; expires: number }>()
  readonly #otps = new Map<string, number>()
  #extraAge = 0

  /** @param tokens Bearer tokens that never expire, each with its user's name. */
  constructor(store: Store, tokens: ReadonlyMap<string, string>) {
    this.#store = store
    this.#tokens = tokens
  }

  /**
   * The user who sends a request, and their privileges (for an API key, the key's own privileges only). The OTP header is
   * ignored if no privilege needs an OTP. Throws a 401 for missing or wrong credentials, and for an invalid or expired OTP.
   */
  authenticate({ authorization, otp, address }: RequestCredentials): Identity {
    const { user, factors, apiKey } = this.#ownerOf(authorization)
    const privileges = this.#store.privileges
      .by('user', user.id)
      .filter(({ api_key_id }) => (api_key_id ?? null) === (apiKey?.id ?? null))
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

  /** Extends the session of a successful request by five minutes. Other credentials than sessions are ignored. */
  extendSession(authorization: string | undefined): void {
    const [, token = ''] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
    if (this.#sessionOf(token)) this.#extend(token)
  }

  /** Opens a session with a name, a password and an optional OTP. Throws a 401 if any of the three is wrong. */
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
    this.#extend(token)
    return token
  }

  /** The owner of a token, or null. Extends a session by five minutes; an API key isn't a session, so it isn't extended. */
  useToken(token: string): Owner | null {
    const owner = this.#byToken(token)
    if (owner?.apiKey) return null
    if (owner) this.#extend(token)
    return owner
  }

  /** Expires every OTP used so far. */
  expireOtps(): void {
    for (const key of this.#otps.keys()) this.#otps.set(key, -Infinity)
  }

  /** Ends all sessions. */
  expireSessions(): void {
    this.#sessions.clear()
  }

  /** Makes OTPs and sessions older by the given number of milliseconds. */
  age(milliseconds: number): void {
    this.#extraAge += milliseconds
  }

  /** Forgets all sessions and OTPs. */
  reset(): void {
    this.#sessions.clear()
    this.#otps.clear()
    this.#extraAge = 0
  }

  #now(): number {
    return Date.now() + this.#extraAge
  }

  #ownerOf(authorization: string | undefined): Owner {
    const [, scheme = '', value = ''] = /^(\w+) +(\S+) *$/.exec(authorization ?? '') ?? []
    const owner =
      scheme.toLowerCase() === 'basic'
        ? this.#byPassword(value)
        : scheme.toLowerCase() === 'bearer'
          ? this.#byToken(value)
          : null
    if (!owner) throw refusal('credentials')
    return owner
  }

  #byPassword(encoded: string): Owner | null {
    const credentials = basicCredentials(encoded)
    const user = credentials && this.#withPassword(credentials.username, credentials.password)
    return user ? { user, factors: ['password'] } : null
  }

  #withPassword(username: string, password: string): User | undefined {
    const user = this.#store.users.by('username', username.toLowerCase())[0]
    return user && isPassword(password, user.password) ? user : undefined
  }

  #byToken(token: string): Owner | null {
    const [tokenUser] = this.#store.users.by('username', this.#tokens.get(token) ?? '')
    if (tokenUser) return { user: tokenUser, factors: ['password'] }
    const session = this.#sessionOf(token)
    const user = session && this.#store.users.get(session.userId)
    return user ? { user, factors: session.factors } : this.#byApiKey(token)
  }

  #byApiKey(token: string): Owner | null {
    if (!token.startsWith(apiKeyPrefix)) return null
    const [apiKey] = this.#store.apiKeys.by('digest', apiKeyDigest(token.slice(apiKeyPrefix.length)))
    const user = apiKey && this.#store.users.get(apiKey.user_id)
    const isValid = user && (apiKey.expires_at === null || apiKey.expires_at > this.#now())
    return isValid ? { user, factors: ['password'], apiKey } : null
  }

  #sessionOf(token: string): { userId: Id; factors: Factor[] } | undefined {
    const session = this.#sessions.get(token)
    return session && session.expires > this.#now() ? session : undefined
  }

  #extend(token: string): void {
    const session = this.#sessions.get(token)
    if (session) session.expires = this.#now() + limits.sessionAge * 1000
  }

  /**
   * The age of a user's OTP in milliseconds: 0 for a new OTP, Infinity for one that is invalid or expired by a test. An OTP
   * can be used again until its time window ends.
   */
  #otpAge(userId: Id, otp: string): number {
    if (!modhex.test(otp)) return Infinity
    const key = `${userId} ${otp}`
    const seen = this.#otps.get(key)
    if (seen !== undefined) return this.#now() - seen
    this.#otps.set(key, this.#now())
    const oldest = this.#otps.keys().next().value
    if (this.#otps.size > maxOtps && oldest !== undefined) this.#otps.delete(oldest)
    return 0
  }
}

// How passwords are stored: docs/bigv-api.md#10-users-and-privileges

/** A password hash as `openssl passwd -1` prints it; the first group is the salt. */
const cryptPattern = /^\$1\$([./0-9A-Za-z]{0,8})\$[./0-9A-Za-z]{22}$/

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** The algorithm encodes the bytes of the digest in this order, three at a time. */
const order = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
] as const

const md5 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const encoded = (value: number, length: number): string =>
  Array.from({ length }, (_, index) => alphabet[(value >> (6 * index)) & 63]).join('')

/** The MD5-based crypt hash (`$1$salt$...`) of a password. */
const md5Crypt = (password: string, salt: string): string => {
  const secret = Buffer.from(password)
  const inner = md5(secret, salt, secret)
  const parts: Buffer[] = [secret, Buffer.from(`$1$${salt}`)]
  for (let left = secret.length; left > 0; left -= 16) parts.push(inner.subarray(0, Math.min(16, left)))
  for (let bits = secret.length; bits > 0; bits >>= 1)
    parts.push(bits & 1 ? Buffer.from([0]) : secret.subarray(0, 1))
  let digest = md5(...parts)
  for (let round = 0; round < 1000; round++) {
    digest = md5(
      round & 1 ? secret : digest,
      round % 3 ? salt : '',
      round % 7 ? secret : '',
      round & 1 ? digest : secret,
    )
  }
  const byte = (index: number): number => digest[index] ?? 0
  const groups = order.map(([a, b, c]) => encoded((byte(a) << 16) | (byte(b) << 8) | byte(c), 4))
  return `$1$${salt}$${groups.join('')}${encoded(byte(11), 2)}`
}

const salted = (password: string, salt: string): string =>
  `sha256$${salt}$${createHash('sha256').update(`${salt}${password}`).digest('hex')}`

/**
 * The stored form of a password. A crypt hash, as in the documents' example of POST /users, is stored unchanged:
 * docs/bigv-api.md#10-users-and-privileges
 */
export const hashedPassword = (password: string): string =>
  cryptPattern.test(password) ? password : salted(password, randomBytes(6).toString('hex'))

/** True if `hash` is the stored form of this password. */
export const isPassword = (password: string, hash: string): boolean => {
  const crypt = cryptPattern.exec(hash)
  if (crypt?.[1] !== undefined) return md5Crypt(password, crypt[1]) === hash
  return salted(password, hash.split('$')[1] ?? '') === hash
}
