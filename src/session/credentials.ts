/** Who is signed in, and the account that he named at signing in. */
interface Who {
  account: string
  username: string
}

/** HTTP Basic: what every request to BigV carries. */
export interface BasicCredentials extends Who {
  password: string
  /** A Yubikey's one-time password, replayed until BigV no longer takes it; empty for none. */
  otp: string
}

/** A session token of the auth service. The password that it was given for is kept nowhere. */
export interface TokenCredentials extends Who {
  token: string
}

/** What every request to BigV carries, in one of two ways (API reference, "Authentication"). */
export type Credentials = BasicCredentials | TokenCredentials

/** Whether these are a session token. */
export function isToken(credentials: Credentials): credentials is TokenCredentials {
  return 'token' in credentials
}

/** Takes a value from storage or from another tab and returns the credentials in it, with nothing else, or null where it has none. */
export function readCredentials(value: unknown): Credentials | null {
  if (typeof value !== 'object' || value === null) return null
  const { account, username, password, otp, token } = value as Record<string, unknown>
  if (typeof account !== 'string' || typeof username !== 'string') return null
  if (typeof token === 'string') return { account, username, token }
  if (typeof password !== 'string' || typeof otp !== 'string') return null
  return { account, username, password, otp }
}

/** Takes credentials and returns them with what is secret gone: who it was, and how he had signed in. */
export function withoutSecrets(credentials: Credentials): Credentials {
  return isToken(credentials) ? { ...credentials, token: '' } : { ...credentials, password: '', otp: '' }
}
