import { preview, type Logger } from 'vite'
import { bigvProxy } from './proxy/bigv-proxy.ts'
import { ROOT } from './root.ts'
import { serveDashboard, type DemoUser } from './serve-dashboard.ts'
import { StartError } from './settings.ts'

type AppOptions = {
  bigvUrl: string
  /** where session tokens come from; bigvUrl unless said: the simulator gives them itself */
  authUrl?: string
  /** 0: any free one. Another one that is in use: the next free one, which the logger is told. */
  port?: number
  /** the credentials to fill the sign-in page with; with them the dashboard calls its cluster DEMO */
  demo?: DemoUser
  /** where the built dashboard is */
  outDir?: string
  /** Vite's lines, such as "Port 5173 is in use"; none without it */
  logger?: Logger
}

/**
 * Serves the built dashboard from this process, on loopback, with BigV behind the proxy.
 * @returns the origin, such as http://localhost:5173, and what stops it
 * @throws StartError when there is no build, or bigvUrl or authUrl is no http(s) URL
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
