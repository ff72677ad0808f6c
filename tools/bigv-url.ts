import { StartError } from './start-error.ts'

const DEFAULT_BIGV_URL = 'https://uk0.bigv.io'

/**
 * Where BigV is, from the variable BIGV_URL. A path in it is kept as a prefix of every request.
 * @param env the environment to read; an unset or empty variable means BigV's first cluster
 * @throws StartError when it is no http(s) URL, or has parts that could never take effect
 */
export function readBigvUrl(env: NodeJS.ProcessEnv): URL {
  const text = env.BIGV_URL || DEFAULT_BIGV_URL
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new StartError(
      `BIGV_URL must be an http:// or https:// URL such as ${DEFAULT_BIGV_URL}; it is ${shown(text)}.`,
    )
  }
  // Not shown: this one may hold a password.
  if (url.username || url.password) {
    throw new StartError(
      'BIGV_URL must not hold a user name or password: they are entered on the sign-in page.',
    )
  }
  if (url.search || url.hash) {
    throw new StartError(`BIGV_URL must not have a query or a fragment; it is ${shown(text)}.`)
  }
  return url
}

function shown(text: string): string {
  return JSON.stringify(text)
}
