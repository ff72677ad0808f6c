import { readBigvUrl } from '../bigv-url.ts'

/** One server that the browser reaches through the dashboard's own origin. */
export type ProxyEntry = {
  /** what a path starts with to be sent there; begins and ends with a slash */
  prefix: `/${string}/`
  /** how the reasons of failures call it */
  name: string
  target: URL
}

/**
 * Every server behind the dashboard's origin: the one table from which dev, preview and demo are configured.
 * @throws StartError when a variable of the environment is no usable URL
 */
export function readProxyTable(env: NodeJS.ProcessEnv): ProxyEntry[] {
  return [{ prefix: '/api/', name: 'BigV', target: readBigvUrl(env) }]
}
