import { vi } from 'vitest'

/** Answers every request at once, without a server, with the function's result. Undo with `vi.unstubAllGlobals`. */
export function answerAll(answer: (path: string, method: string) => unknown): void {
  const RealRequest = Request
  vi.stubGlobal(
    'Request',
    class extends RealRequest {
      constructor(input: string, init?: RequestInit) {
        super(new URL(input, 'http://localhost'), init)
      }
    },
  )
  vi.stubGlobal('fetch', (input: Request | string) => {
    const url = new URL(typeof input === 'string' ? input : input.url, 'http://localhost')
    const method = typeof input === 'string' ? 'GET' : input.method
    const body = answer(url.pathname.replace(/^\/api/, '') + url.search, method)
    return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body)))
  })
}
