import { existsSync } from 'node:fs'
import { TLSSocket } from 'node:tls'
import path from 'node:path'
import type { Connect, Plugin } from 'vite'
import { SECURITY_HEADERS, TRANSPORT_SECURITY } from './security-headers.ts'
import { readAuthUrl, readBigvUrl, StartError } from './settings.ts'

/** The credentials with which the demo's sign-in page is pre-filled. */
export type DemoUser = { account: string; username: string; password: string }

/**
 * The answers and headers that dev, preview and demo add to Vite's servers, as nginx and Caddy do in production. This
 * plugin must be listed after the proxy's plugin: this plugin's headers are then set first, and the proxy replaces some of
 * them.
 * @param env BIGV_URL and BIGV_AUTH_URL. They are read when a server starts, never for a build: the same build serves every
 * cluster.
 * @param demo credentials to pre-fill the sign-in page; with these, the header calls the cluster DEMO
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
      // Once a plugin adds middleware, Vite itself no longer checks that a build exists.
      const page = path.resolve(config.root, config.build.outDir, 'index.html')
      if (!existsSync(page))
        throw new StartError(`The dashboard is not built: ${page} does not exist. Run "npm run build" first.`)
      // Set before everything else, so that Vite's own errors have these headers, too. The dev server sends none, since it
      // needs inline scripts.
      middlewares.stack.unshift({ route: '', handle: setSecurityHeaders })
      install(middlewares)
    },
  }
}

/** GET /dashboard.json: the name of the cluster for the header, BigV's URL for copied commands, and the host of the auth service. */
function answerSettings(env: NodeJS.ProcessEnv, demo?: DemoUser): Connect.NextHandleFunction {
  const bigv = readBigvUrl(env)
  const url = bigv.href.replace(/\/+$/, '')
  const body = JSON.stringify({
    brain: demo ? 'DEMO' : bigv.host,
    url,
    auth: readAuthUrl(env).host,
    ...(demo && { demo }),
  })
  return (request, response, next) => {
    if (request.url?.split('?')[0] !== '/dashboard.json') return next()
    response.setHeader('Content-Type', 'application/json')
    response.setHeader('Cache-Control', 'no-store')
    response.end(body)
  }
}

/**
 * For an address with invalid percent-encoding, Vite would answer with an empty page, so show the dashboard's "not found"
 * page instead. BigV's paths stay unchanged.
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
