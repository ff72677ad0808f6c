import { preview, type Logger } from 'vite'
import { bigvProxy } from './proxy/bigv-proxy.ts'
import { ROOT } from './root.ts'
import { serveDashboard, type DemoUser } from './serve-dashboard.ts'
import { StartError } from './settings.ts'

type AppOptions = {
  bigvUrl: string
  /** the auth service's URL; bigvUrl by default, because the simulator includes an auth service */
  authUrl?: string
  /** 0 picks a free port. If another port is in use, the next free one is used and logged. */
  port?: number
  /** credentials to pre-fill the sign-in page; with these, the header calls the cluster DEMO */
  demo?: DemoUser
  /** the folder of the built dashboard */
  outDir?: string
  /** prints Vite's messages, such as "Port 5173 is in use"; by default, none are printed */
  logger?: Logger
}

/**
 * Serves the built dashboard from this process, on loopback, with the proxy to BigV.
 * @returns the origin, such as http://localhost:5173, and a function that stops the server
 * @throws StartError if there is no build, or bigvUrl or authUrl is not an http(s) URL
 */
export async function startApp(options: AppOptions): Promise<{ url: string; close: () => Promise<void> }> {
  const { bigvUrl, authUrl = bigvUrl, port = 0, demo, outDir = 'dist', logger } = options
  const env = { BIGV_URL: bigvUrl, BIGV_AUTH_URL: authUrl }
  const server = await preview({
    configFile: false,
    root: ROOT,
    build: { outDir },
    preview: { port },
    plugins: [bigvProxy(env), serveDashboard(env, demo)],
    ...(logger ? { customLogger: logger } : { logLevel: 'silent' }),
  })
  const url = server.resolvedUrls?.local[0]
  if (!url) throw new StartError('The dashboard could not listen on this computer.')
  return { url: new URL(url).origin, close: () => server.close() }
}
