import { Readable } from 'node:stream'
import type { createSimulator } from '../../../simulator/server.ts'

type App = ReturnType<typeof createSimulator>['app']

/**
 * Returns a `fetch` to a simulator in this process. There is no socket and no turn of the event loop, so fake timers control both sides. If
 * the simulator cuts the connection, `fetch` rejects with a TypeError, as the real one does.
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

/** The part of a connection that the simulator uses, for one request. An answer can't break off in the middle. */
function connectionOf({ method, url, headers }: Request, body: Buffer[], cut: () => void) {
  const { pathname, search } = new URL(url)
  const incoming = Object.assign(Readable.from(body), {
    method,
    url: pathname + search,
    headers: Object.fromEntries(headers),
    // The simulator only accepts control requests from this computer.
    socket: { remoteAddress: '127.0.0.1', destroy: cut },
  })
  return { incoming }
}
