import net from 'node:net'
import path from 'node:path'
import { createServer, preview, type InlineConfig } from 'vite'
import { bigvProxy } from '../../tools/proxy/bigv-proxy.ts'
import { pageFolder, startFakeBigv, type FakeBigv } from '../../tools/testing/fake-bigv.ts'
import { readAnswer, requestText, Wire } from '../../tools/testing/wire.ts'
import { presentServers } from './servers.ts'
import { startWebServer, type ServerName } from './web-server.ts'

/** The ways to serve the dashboard: `npm run dev`, `npm run preview` (as the demo does), or a web server as in deploy/. */
export type Kind = 'dev' | 'preview' | ServerName

export const VITE: Kind[] = ['dev', 'preview']
export const KINDS: Kind[] = [...VITE, ...presentServers()]

export type Proxy = {
  open: () => Wire
  /** sends one request on its own connection: method and target, headers, body */
  ask: (...request: Parameters<typeof requestText>) => Promise<ReturnType<typeof readAnswer>>
  close: () => Promise<void>
}

export type ProxyOptions = {
  /** as BIGV_AUTH_URL; by default bigvUrl */
  authUrl?: string
  /** milliseconds; by default as in the product */
  readTimeout?: number
}

/**
 * Starts Vite with the proxy, as the npm scripts do, or a web server.
 * @param bigvUrl as BIGV_URL
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
    const { open, close } = await startWebServer({ server: kind, bigvUrl, authUrl, dashboard: root, env })
    return { open, ask: askBy(open), close }
  }
  const plugin = bigvProxy({ BIGV_URL: bigvUrl, BIGV_AUTH_URL: authUrl }, readTimeout)
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
  const open = () => new Wire(net.connect({ port: address.port, host: 'localhost' }))
  return { open, ask: askBy(open), close: () => server.close() }
}

export function askBy(open: () => Wire): Proxy['ask'] {
  return async (...request) =>
    readAnswer(
      await open()
        .send(requestText(...request))
        .whole(),
    )
}

/** Starts the servers of a test, and closes them all at its end. */
export type Bench = {
  proxyTo: (bigvUrl: string, options?: ProxyOptions) => Promise<Proxy>
  fakeBigv: (answer: (connection: Wire) => unknown, options?: { secure: boolean }) => Promise<FakeBigv>
  close: () => Promise<void>
}

export function newBench(kind: Kind): Bench {
  const running: { close: () => Promise<void> }[] = []
  return {
    async proxyTo(bigvUrl, options) {
      const proxy = await startProxy(kind, bigvUrl, options)
      running.unshift(proxy)
      return proxy
    },
    async fakeBigv(answer, options) {
      const bigv = await startFakeBigv(options)
      bigv.answer = answer
      running.push(bigv)
      return bigv
    },
    async close() {
      for (const one of running) await one.close()
    },
  }
}
