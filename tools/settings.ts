import { inspect } from 'node:util'

/**
 * A start that cannot work because of a setting or of the machine: the message says what to do, and a stack trace
 * would hide it. Vite prints such errors with `inspect`, our own commands with `message`.
 */
export class StartError extends Error {
  [inspect.custom](): string {
    return this.message
  }

  override name = 'StartError'
}

/** The variables that name a server behind the dashboard, and what they are without a value (docs/bigv-api.md#2-authentication). */
const DEFAULTS = {
  BIGV_URL: 'https://uk0.bigv.io',
  BIGV_AUTH_URL: 'https://auth.bytemark.co.uk',
} as const

/**
 * Where BigV is, from the variable BIGV_URL. A path in it is kept as a prefix of every request.
 * @param env the environment to read; an unset or empty variable means BigV's first cluster
 * @throws StartError when it is no http(s) URL, or has parts that could never take effect
 */
export function readBigvUrl(env: NodeJS.ProcessEnv): URL {
  return readUrl(env, 'BIGV_URL')
}

/**
 * Where the auth service is, which gives session tokens, from the variable BIGV_AUTH_URL. As with readBigvUrl; unset or
 * empty means the provider's.
 * @throws StartError as readBigvUrl does
 */
export function readAuthUrl(env: NodeJS.ProcessEnv): URL {
  return readUrl(env, 'BIGV_AUTH_URL')
}

function readUrl(env: NodeJS.ProcessEnv, name: keyof typeof DEFAULTS): URL {
  const text = env[name] || DEFAULTS[name]
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new StartError(
      `${name} must be an http:// or https:// URL such as ${DEFAULTS[name]}; it is ${shown(text)}.`,
    )
  }
  // Not shown: this one may hold a password.
  if (url.username || url.password) {
    throw new StartError(
      `${name} must not hold a user name or password: they are entered on the sign-in page.`,
    )
  }
  if (url.search || url.hash) {
    throw new StartError(`${name} must not have a query or a fragment; it is ${shown(text)}.`)
  }
  return url
}

function shown(text: string): string {
  return JSON.stringify(text)
}
