import type { EventEmitter } from 'node:events'
import { ServerResponse, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Connect, HttpProxy, Plugin, ProxyOptions } from 'vite'
import { readAuthUrl, readBigvUrl } from '../settings.ts'
import { answerJson, describeFailure, READ_TIMEOUT_MS, ReadTimeout } from './failures.ts'
import { refusalOfHeaders, refusalOfTarget, removePrivateHeaders, SAFETY_HEADERS } from './guard.ts'

/** A server that the browser reaches through the dashboard's own origin. */
type ProxyEntry = {
  /** paths with this prefix go to this server; the prefix begins and ends with a slash */
  prefix: `/${string}/`
  /** the server's name in error reasons */
  name: string
  target: URL
  /** if set, only this request (its method, and its path on the dashboard's origin) is passed on */
  only?: { method: string; path: string }
}

/**
 * The servers behind the dashboard's origin. Only one request may reach the auth service, the request for a token: all
 * others contain the token in their path, and would put it into logs.
 * @throws StartError if an environment variable is not a usable URL
 */
function entriesFrom(env: NodeJS.ProcessEnv): ProxyEntry[] {
  return [
    { prefix: '/api/', name: 'BigV', target: readBigvUrl(env) },
    {
      prefix: '/auth/',
      name: 'The auth service',
      target: readAuthUrl(env),
      only: { method: 'POST', path: '/auth/session' },
    },
  ]
}

/**
 * The proxy of dev, preview and demo: Vite's proxy, with a guard in front of it. Every request has its own connection
 * (Vite's proxy uses no keep-alive). BigV might close an idle connection just as a write is sent, and nobody would know
 * whether BigV did the write.
 * @param env BIGV_URL and BIGV_AUTH_URL. They are read when a server starts, never for a build; with an invalid value, the
 * server doesn't start.
 * @param readTimeout milliseconds without data after which a request fails
 */
export function bigvProxy(env: NodeJS.ProcessEnv, readTimeout = READ_TIMEOUT_MS): Plugin {
  let entries: ProxyEntry[] = []
  return {
    name: 'bigv-proxy',
    apply: 'serve',
    config() {
      entries = entriesFrom(env)
      const proxy = Object.fromEntries(
        entries.map((entry) => [`^${entry.prefix}`, proxyOptions(entry, readTimeout)]),
      )
      // Vite's CORS headers would let pages on other ports read BigV's answers.
      return { server: { proxy, cors: false }, preview: { proxy, cors: false } }
    },
    configureServer: (server) => install(server, entries),
    configurePreviewServer: (server) => install(server, entries),
  }
}

function proxyOptions(entry: ProxyEntry, readTimeout: number): ProxyOptions {
  return {
    target: entry.target,
    changeOrigin: true, // sets Host
    secure: true,
    followRedirects: false,
    ws: false,
    // Despite its name, this is the only option that keeps the path unchanged. Without it, the path is parsed and partly
    // encoded again.
    toProxy: true,
    rewrite: (path) => path.slice(entry.prefix.length - 1),
    configure: proxyHooks(entry, readTimeout),
  }
}

type AnyServer = { middlewares: Connect.Server; httpServer: EventEmitter | null }

/** Puts the guard before everything else that may answer, so that Vite's own errors have the guard's headers, too. */
function install(server: AnyServer, entries: ProxyEntry[]): void {
  server.middlewares.stack.unshift({ route: '', handle: guard(entries) })
  server.httpServer?.prependListener('upgrade', (request: IncomingMessage, socket: Duplex) => {
    if (entries.some(({ prefix }) => request.url?.startsWith(prefix))) refuseUpgrade(socket)
  })
}

function guard(entries: ProxyEntry[]): Connect.NextHandleFunction {
  return (request: IncomingMessage, response: ServerResponse, next) => {
    const { url = '' } = request
    const entry = entries.find(({ prefix }) => url.startsWith(prefix))
    // For exactly "/api", Vite's fallback would answer with the dashboard's page.
    if (entries.some(({ prefix }) => url.split('?')[0] === prefix.slice(0, -1))) {
      answerJson(response, 404, { reason: 'There is nothing here.' })
    } else if (entry?.only && (request.method !== entry.only.method || url !== entry.only.path)) {
      answerJson(response, 404, { reason: 'There is nothing here.' })
    } else if (entry) {
      const refusal = refusalOfTarget(url) ?? refusalOfHeaders(request)
      if (refusal) return answerJson(response, 400, { reason: refusal })
      for (const [name, value] of Object.entries(SAFETY_HEADERS)) response.setHeader(name, value)
      removePrivateHeaders(request.headers)
      next()
    } else {
      next()
    }
  }
}

/** Refuses an upgrade: BigV has no websockets, and without an answer the connection would stay open forever. */
function refuseUpgrade(socket: Duplex): void {
  const body = JSON.stringify({ reason: 'There is nothing to upgrade to.' })
  const headers = {
    ...SAFETY_HEADERS,
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 400 Bad Request\r\n${lines.join('')}\r\n${body}`)
}

// The browser's own password prompt would store credentials that signing out cannot remove, and BigV's cookies would be set
// for the dashboard. Our safety headers are set already. The other headers belong to a single connection.
const REMOVED_FROM_ANSWERS = [
  'www-authenticate',
  'proxy-authenticate',
  'set-cookie',
  'content-security-policy',
  'x-content-type-options',
  'connection',
  'keep-alive',
]

type Exchange = { upstream: ClientRequest; connected: boolean; answered: boolean }

/**
 * Adds to Vite's proxy: an answer to every failure, an end to answers that BigV cuts off, and the removal of headers.
 * @param readTimeout milliseconds without data after which a request fails
 * @returns the `configure` option of one proxy entry
 */
function proxyHooks(entry: ProxyEntry, readTimeout: number): (proxy: HttpProxy.ProxyServer) => void {
  const exchanges = new WeakMap<IncomingMessage, Exchange>()

  return (proxy) => {
    proxy.on('proxyReq', (upstream, request, response, _options, socket) => {
      const exchange: Exchange = { upstream, connected: false, answered: false }
      exchanges.set(request, exchange)
      socket.once(entry.target.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        exchange.connected = true
      })
      // Without a listener, Node closes the connection without an event.
      upstream.once('upgrade', (_answer, upgraded) => {
        upgraded.destroy()
        answerJson(response, 502, {
          reason: `${entry.name} tried to switch to another protocol.`,
          sent: 'unknown',
        })
      })
      upstream.setTimeout(readTimeout, () => upstream.destroy(new ReadTimeout('read timeout')))
    })

    proxy.on('proxyRes', (answer, request, response) => {
      const exchange = exchanges.get(request)
      if (exchange) exchange.answered = true
      for (const name of REMOVED_FROM_ANSWERS) delete answer.headers[name]
      answer.statusMessage = '' // Node adds its own: BigV's could have characters that make Node throw
      if (!isFinalStatus(answer.statusCode)) {
        const reason = `${entry.name} answered with the invalid status ${answer.statusCode}.`
        answerJson(response, 502, { reason, sent: 'unknown' })
        exchange?.upstream.destroy()
        return
      }
      // When BigV's answer is cut off, pipe() would leave the browser's answer open forever.
      answer.once('close', () => {
        if (!answer.complete) response.destroy()
      })
      // Vite's proxy copies the headers right after this hook, but sends them with the first byte of the body. If BigV's answer is cut
      // off before that, the browser would get no answer.
      process.nextTick(() => sendHeaders(response))
    })

    // Runs before Vite's own listener, which answers with a bare 502 and prints the stack.
    proxy.on('error', (error, request, response) => {
      const exchange = exchanges.get(request)
      const failure = describeFailure(error, exchange?.connected ?? false, entry)
      error.stack = failure.reason
      if (!(response instanceof ServerResponse)) return
      if (exchange?.answered) sendHeaders(response)
      else answerJson(response, 502, failure)
    })
  }
}

function sendHeaders(response: ServerResponse): void {
  if (!response.headersSent && !response.destroyed) response.flushHeaders()
}

function isFinalStatus(status = 0): boolean {
  return status >= 200 && status <= 599
}
