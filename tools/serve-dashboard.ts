import { existsSync } from 'node:fs'
import { TLSSocket } from 'node:tls'
import path from 'node:path'
import type { Connect, Plugin } from 'vite'
import { SECURITY_HEADERS, TRANSPORT_SECURITY } from './security-headers.ts'
import { readAuthUrl, readBigvUrl, StartError } from './settings.ts'

/** What the sign-in page of the demo is filled in with. */
export type DemoUser = { account: string; username: string; password: string }

/**
 * What dev, preview and demo add to Vite's servers, as nginx and Caddy do in production. It comes after the proxy's plugin, so that
 * its headers come before the proxy, which replaces some of them.
 * @param env has BIGV_URL and BIGV_AUTH_URL. It is read when a server starts, never for a build: the same build serves every cluster.
 * @param demo the credentials to fill the sign-in page with; with them the header calls the cluster DEMO
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
      // Vite's own check is off as soon as a plugin adds a middleware.
      const page = path.resolve(config.root, config.build.outDir, 'index.html')
      if (!existsSync(page))
        throw new StartError(`The dashboard is not built: ${page} does not exist. Run "npm run build" first.`)
      // Before everything else, so that they are on Vite's own refusals too. The dev server, which needs inline scripts, has none.
      middlewares.stack.unshift({ route: '', handle: setSecurityHeaders })
      install(middlewares)
    },
  }
}

/** GET /dashboard.json: the cluster that the header names, and the host of the auth service. */
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
 * At addresses with broken percent signs Vite would answer with an empty page; the dashboard says that there is nothing. BigV's paths
 * stay as they are.
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
