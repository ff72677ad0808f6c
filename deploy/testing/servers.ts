import { findNginx } from '../../tools/find-nginx.ts'
import { serverProbes } from '../../tools/server-probes.ts'
import type { ServerName } from './web-server.ts'

/**
 * The web servers that the tests serve the dashboard through: nginx, which has to be there, and Caddy where it is.
 * @throws StartError with what to do, where there is no nginx; nothing is installed amid tests
 */
export async function presentServers(): Promise<ServerName[]> {
  const probes = { ...serverProbes(), isRoot: false }
  process.env.BIGV_NGINX = await findNginx(probes)
  return probes.onPath('caddy') ? ['nginx', 'caddy'] : ['nginx']
}
