import { Readable } from 'node:stream'
import type { createSimulator } from '../../../simulator/server.ts'

type App = ReturnType<typeof createSimulator>['app']

/**
 * Returns a `fetch` to a simulator in this process. No socket is opened and no turn of the event loop is needed, so that fake timers
 * rule both sides. Where a connection is cut it rejects with a TypeError, as the real `fetch` does.
 */
export function fetchFrom(app: App): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init)
    const body = request.body === null ? [] : [Buffer.from(await request.arrayBuffer())]
    return new Promise((resolve, reject) => {
      const { signal } = request
      signal.addEventListener('abort', () => reject(signal.reason as Error))
      const env = connectionOf(request, body, () => reject(new TypeError('fetch failed')))
      Promise.resolve(app.fetch(request, env)).then(resolve, reject)
    })
  }
}

/** What the simulator uses of a connection, for one request. It cannot break off in the middle of an answer. */
function connectionOf({ method, url, headers }: Request, body: Buffer[], cut: () => void) {
  const { pathname, search } = new URL(url)
  const incoming = Object.assign(Readable.from(body), {
    method,
    url: pathname + search,
    headers: Object.fromEntries(headers),
    // The control path is for this computer only.
    socket: { remoteAddress: '127.0.0.1', destroy: cut },
  })
  return { incoming }
}
