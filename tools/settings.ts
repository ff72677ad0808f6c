import { inspect } from 'node:util'

/**
 * Starting failed because of a setting or the state of this computer. The message says what to do, so the error prints
 * without a stack trace: Vite prints errors with `inspect`, our own commands print `message`.
 */
export class StartError extends Error {
  [inspect.custom](): string {
    return this.message
  }

  override name = 'StartError'
}

/** The variables for the servers behind the dashboard, with their defaults (docs/bigv-api.md#2-authentication). */
const DEFAULTS = {
  BIGV_URL: 'https://uk0.bigv.io',
  BIGV_AUTH_URL: 'https://auth.bytemark.co.uk',
} as const

/**
 * The URL of BigV, from BIGV_URL. A path in it becomes the prefix of every request.
 * @param env the environment; if BIGV_URL is unset or empty, the default is BigV's first cluster
 * @throws StartError if it is not an http(s) URL, or has parts that would have no effect
 */
export function readBigvUrl(env: NodeJS.ProcessEnv): URL {
  return readUrl(env, 'BIGV_URL')
}

/**
 * The URL of the auth service, which gives session tokens, from BIGV_AUTH_URL; Bytemark's by default.
 * @throws StartError in the same cases as readBigvUrl
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
  // The message omits the value, since it may contain a password.
  if (url.username || url.password) {
    throw new StartError(
      `${name} must not contain a username or password. Users enter theirs on the sign-in page.`,
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
