import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Connect, Plugin, ProxyOptions } from 'vite'
import { answerJson, SAFETY_HEADERS } from './answers.ts'
import { READ_TIMEOUT_MS } from './failures.ts'
import { refusalOfHeaders, refusalOfTarget, removePrivateHeaders } from './guard.ts'
import { proxyHooks } from './hooks.ts'
import type { ProxyEntry } from './table.ts'

type Options = {
  /** called when a server starts, never for a build; a StartError of it stops the start */
  table: () => ProxyEntry[]
  /** milliseconds of silence after which a request is given up */
  readTimeout?: number
}

/**
 * The proxy of dev, preview and demo: Vite's own, with a guard in front of it.
 * Every request has a connection of its own (Vite's proxy uses no keep-alive): a kept one may be closed by BigV at
 * the very moment a write is sent on it, and then nobody knows whether it was done.
 */
export function bigvProxy({ table, readTimeout = READ_TIMEOUT_MS }: Options): Plugin {
  let entries: ProxyEntry[] = []
  return {
    name: 'bigv-proxy',
    apply: 'serve',
    config() {
      entries = table()
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
