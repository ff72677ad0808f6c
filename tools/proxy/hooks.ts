import { ServerResponse, type ClientRequest, type IncomingMessage } from 'node:http'
import type { HttpProxy } from 'vite'
import { answerJson } from './answers.ts'
import { describeFailure, ReadTimeout } from './failures.ts'
import type { ProxyEntry } from './table.ts'

// A native password prompt would ask for credentials over the page and keep them where signing out cannot reach;
// cookies would be the dashboard's. The safety headers are our own, already set. The rest concerns one connection.
const REMOVED = [
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
export function proxyHooks(entry: ProxyEntry, readTimeout: number): (proxy: HttpProxy.ProxyServer) => void {
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
          reason: `${entry.name} wants to speak another protocol.`,
          sent: 'unknown',
        })
      })
      upstream.setTimeout(readTimeout, () => upstream.destroy(new ReadTimeout('read timeout')))
    })

    proxy.on('proxyRes', (answer, request, response) => {
      const exchange = exchanges.get(request)
      if (exchange) exchange.answered = true
      for (const name of REMOVED) delete answer.headers[name]
      answer.statusMessage = '' // Node's own instead: one with odd characters would throw when it is written
      if (!isFinalStatus(answer.statusCode)) {
        const reason = `${entry.name} answered with the impossible status ${answer.statusCode}.`
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
