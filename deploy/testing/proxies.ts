import net from 'node:net'
import path from 'node:path'
import { createServer, preview, type InlineConfig } from 'vite'
import { presentServers } from '../../../deploy/testing/servers.ts'
import { startWebServer, type ServerName } from '../../../deploy/testing/web-server.ts'
import { bigvProxy } from '../plugin.ts'
import { readProxyTable } from '../table.ts'
import { pageFolder } from './fake-bigv.ts'
import { Wire } from './wire.ts'

/** How the dashboard is served: by `npm run dev`, by `npm run preview` and the demo, or by a web server as in deploy/. */
export type Kind = 'dev' | 'preview' | ServerName

/** Those that are made of Vite. */
export const VITE: Kind[] = ['dev', 'preview']
/** All. */
export const KINDS: Kind[] = [...VITE, ...(await presentServers())]

/** The proxy under test, in Vite's server of that kind. */
export type Proxy = { open: () => Wire; close: () => Promise<void> }

export type ProxyOptions = {
  /** what BIGV_AUTH_URL would be; BigV's without it */
  authUrl?: string
  /** milliseconds; as in the product without it */
  readTimeout?: number
}

/**
 * Starts Vite with the proxy as the commands have it.
 * @param bigvUrl what BIGV_URL would be
 */
export async function startProxy(
  kind: Kind,
  bigvUrl: string,
  { authUrl = bigvUrl, readTimeout }: ProxyOptions = {},
): Promise<Proxy> {
  const root = pageFolder()
  if (kind === 'nginx' || kind === 'caddy') {
    const env = {
      BIGV_PLAIN_HTTP: '1',
      BIGV_SERVER_NAMES: 'dashboard.example',
      ...(readTimeout && { BIGV_READ_TIMEOUT_MS: String(readTimeout) }),
    }
    const { port, close } = await startWebServer({ server: kind, bigvUrl, authUrl, dashboard: root, env })
    return { open: () => new Wire(net.connect({ port, host: '127.0.0.1' })), close }
  }
  const plugin = bigvProxy({
    table: () => readProxyTable({ BIGV_URL: bigvUrl, BIGV_AUTH_URL: authUrl }),
    ...(readTimeout && { readTimeout }),
  })
  const common = { configFile: false, root, logLevel: 'silent', plugins: [plugin] } satisfies InlineConfig
  const server =
    kind === 'preview'
      ? await preview({ ...common, build: { outDir: '.' }, preview: { port: 0 } })
      : await createServer({
          ...common,
          cacheDir: path.join(root, 'cache'),
          optimizeDeps: { noDiscovery: true },
          server: { port: 0, watch: null },
        }).then((dev) => dev.listen())
  const address = server.httpServer?.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    open: () => new Wire(net.connect({ port: address.port, host: 'localhost' })),
    close: () => server.close(),
  }
}
