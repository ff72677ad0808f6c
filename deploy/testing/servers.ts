import { findCaddy, findNginx } from '../../tools/programs.ts'
import type { ServerName } from './web-server.ts'

/**
 * The web servers to test with: nginx, which must be installed, and Caddy if Caddy is installed.
 * @throws if nginx isn't installed
 */
export function presentServers(): ServerName[] {
  const nginx = findNginx()
  if (!nginx) throw new Error('nginx not found. Run "npm run setup", or set BIGV_NGINX.')
  process.env.BIGV_NGINX = nginx
  return findCaddy() ? ['nginx', 'caddy'] : ['nginx']
}
