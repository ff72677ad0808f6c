import { existsSync } from 'node:fs'
import { TLSSocket } from 'node:tls'
import path from 'node:path'
import type { Connect, Plugin } from 'vite'
import { SECURITY_HEADERS, TRANSPORT_SECURITY } from './security-headers.ts'
import { readAuthUrl, readBigvUrl, StartError } from './settings.ts'

/** The credentials that the demo's sign-in page is filled in with. */
export type DemoUser = { account: string; username: string; password: string }

/**
 * The answers and headers that dev, preview and demo add to Vite's servers, as nginx and Caddy do in production. The plugin must come
 * after the proxy's plugin, so that its headers are set first: the proxy replaces some of them.
 * @param env BIGV_URL and BIGV_AUTH_URL. They are read when a server starts, never for a build: the same build serves every cluster.
 * @param demo the credentials that the sign-in page is filled in with; the header then calls the cluster DEMO
 */
export function serveDashboard(env: NodeJS.ProcessEnv, demo?: DemoUser): Plugin {
  const install = (middlewares: Connect.Server) => {
    middlewares.use(answerSettings(env, demo))
    middlewares.use(pageForBrokenAddresses)
  }
  return {
    name: 'serve-dashboard',
    apply: 'serve',
    configureServer: ({ middlewares }) => install(middlewares),
    configurePreviewServer({ config, middlewares }) {
      // Vite does not check this itself once a plugin adds a middleware.
      const page = path.resolve(config.root, config.build.outDir, 'index.html')
      if (!existsSync(page))
        throw new StartError(`The dashboard is not built: ${page} does not exist. Run "npm run build" first.`)
      // First of all, so that Vite's own errors have them, too. The dev server has none, since it needs inline scripts.
      middlewares.stack.unshift({ route: '', handle: setSecurityHeaders })
      install(middlewares)
    },
  }
}

/** GET /dashboard.json: the name of the cluster for the header, and the host of the auth service. */
function answerSettings(env: NodeJS.ProcessEnv, demo?: DemoUser): Connect.NextHandleFunction {
  const brain = demo ? 'DEMO' : readBigvUrl(env).host
  const body = JSON.stringify({ brain, auth: readAuthUrl(env).host, ...(demo && { demo }) })
  return (request, response, next) => {
    if (request.url?.split('?')[0] !== '/dashboard.json') return next()
    response.setHeader('Content-Type', 'application/json')
    response.setHeader('Cache-Control', 'no-store')
    response.end(body)
  }
}

/**
 * For an address with invalid percent-encoding, Vite would answer with an empty page. This shows the dashboard's "not found" page
 * instead. Paths of BigV stay unchanged.
 */
const pageForBrokenAddresses: Connect.NextHandleFunction = (request, _response, next) => {
  const [path = '/'] = (request.url ?? '/').split('?')
  if (!/^\/(?:api|auth)\//.test(path) && isBroken(path)) request.url = '/'
  next()
}

function isBroken(path: string): boolean {
  try {
    decodeURI(path)
    return false
  } catch {
    return true
  }
}

const setSecurityHeaders: Connect.NextHandleFunction = (request, response, next) => {
  const tls = request.socket instanceof TLSSocket ? TRANSPORT_SECURITY : {}
  for (const [name, value] of Object.entries({ ...SECURITY_HEADERS, ...tls })) response.setHeader(name, value)
  next()
}
