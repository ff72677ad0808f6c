import { readAuthUrl, readBigvUrl } from '../bigv-url.ts'

/** One server that the browser reaches through the dashboard's own origin. */
export type ProxyEntry = {
  /** what a path starts with to be sent there; begins and ends with a slash */
  prefix: `/${string}/`
  /** how the reasons of failures call it */
  name: string
  target: URL
  /** the one request that is passed on, where not all are: its method, and its path below the origin */
  only?: { method: string; path: string }
}

/**
 * Every server behind the dashboard's origin: the one table from which dev, preview and demo are configured. Of the auth
 * service there is but the request for a token: any other has the token in its path, where logs would keep it.
 * @throws StartError when a variable of the environment is no usable URL
 */
export function readProxyTable(env: NodeJS.ProcessEnv): ProxyEntry[] {
  return [
    { prefix: '/api/', name: 'BigV', target: readBigvUrl(env) },
    {
      prefix: '/auth/',
      name: 'The auth service',
      target: readAuthUrl(env),
      only: { method: 'POST', path: '/auth/session' },
    },
  ]
}
