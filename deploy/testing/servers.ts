import { findCaddy, findNginx } from '../../tools/programs.ts'
import type { ServerName } from './web-server.ts'

/**
 * The web servers that the tests serve the dashboard through: nginx, which has to be there, and Caddy where it is.
 * @throws where there is no nginx
 */
export function presentServers(): ServerName[] {
  const nginx = findNginx()
  if (!nginx)
    throw new Error('There is no nginx here to test with. Run "npm run setup", or name one in BIGV_NGINX.')
  process.env.BIGV_NGINX = nginx
  return findCaddy() ? ['nginx', 'caddy'] : ['nginx']
}
