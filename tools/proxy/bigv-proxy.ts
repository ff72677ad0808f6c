import type { EventEmitter } from 'node:events'
import { ServerResponse, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Connect, HttpProxy, Plugin, ProxyOptions } from 'vite'
import { readAuthUrl, readBigvUrl } from '../settings.ts'
import { answerJson, describeFailure, READ_TIMEOUT_MS, ReadTimeout } from './failures.ts'
import { refusalOfHeaders, refusalOfTarget, removePrivateHeaders, SAFETY_HEADERS } from './guard.ts'

/** One server that the browser reaches through the dashboard's own origin. */
type ProxyEntry = {
  /** what a path starts with to be sent there; begins and ends with a slash */
  prefix: `/${string}/`
  /** how the reasons of failures call it */
  name: string
  target: URL
  /** the one request that is passed on, where not all are: its method, and its path below the origin */
  only?: { method: string; path: string }
}

/**
 * The servers behind the dashboard's origin. Of the auth service there is but the request for a token: any other has the token in
 * its path, where logs would keep it.
 * @throws StartError when a variable of the environment is no usable URL
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
 * The proxy of dev, preview and demo: Vite's own, with a guard in front of it.
 * Every request has a connection of its own (Vite's proxy uses no keep-alive): a kept one may be closed by BigV at
 * the very moment a write is sent on it, and then nobody knows whether it was done.
 * @param env has BIGV_URL and BIGV_AUTH_URL. It is read when a server starts, never for a build; a wrong one stops the start.
 * @param readTimeout milliseconds of silence after which a request is given up
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
      // Vite's CORS answers would let pages of other ports read what the dashboard reads.
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
    // Named for another purpose, it alone leaves the path as it came; else it is parsed and partly re-encoded.
    toProxy: true,
    rewrite: (path) => path.slice(entry.prefix.length - 1),
    configure: proxyHooks(entry, readTimeout),
  }
}

type AnyServer = { middlewares: Connect.Server; httpServer: EventEmitter | null }

/** Puts the guard before everything else that may answer, so that its headers are on Vite's refusals too. */
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
    // Exactly "/api" would get the app's page from the fallback for its own addresses.
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

/** BigV has no websockets, and a connection that nobody answers would stay open for ever. */
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

// A native password prompt would ask for credentials over the page and keep them where signing out cannot reach;
// cookies would be the dashboard's. The safety headers are our own, already set. The rest concerns one connection.
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
 * What Vite's proxy lacks: an answer to every failure, an end to answers that BigV cuts, and headers cleaned.
 * @param readTimeout milliseconds of silence after which a request is given up
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
      // Without a listener Node drops the connection and no event tells of it.
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
      answer.statusMessage = '' // Node's own instead: one with odd characters would throw when it is written
      if (!isFinalStatus(answer.statusCode)) {
        const reason = `${entry.name} answered with the invalid status ${answer.statusCode}.`
        answerJson(response, 502, { reason, sent: 'unknown' })
        exchange?.upstream.destroy()
        return
      }
      // pipe() leaves the browser's answer open for ever when BigV's is cut.
      answer.once('close', () => {
        if (!answer.complete) response.destroy()
      })
      // Vite's proxy copies the headers right after this hook, but they would wait for the first byte of the body;
      // a cut before it would drop the request unanswered.
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
