import { createServer, preview } from 'vite'
import { expect, test } from 'vitest'
import { pageFolder } from './testing/fake-bigv.ts'
import { serveDashboard } from './serve-dashboard.ts'

const ENV = { BIGV_URL: 'http://127.0.0.1:4100/brain/', BIGV_AUTH_URL: 'http://127.0.0.1:4100' }
const DEMO = { account: 'acme', username: 'demo', password: 'demo' }

test.each(['dev', 'preview'])(
  '%s answers GET /dashboard.json with the settings, and forbids caching',
  async (kind) => {
    const root = pageFolder()
    const common = {
      configFile: false as const,
      root,
      logLevel: 'silent' as const,
      plugins: [serveDashboard(ENV, DEMO)],
    }
    const server =
      kind === 'dev'
        ? await (await createServer({ ...common, cacheDir: `${root}/cache`, server: { port: 0 } })).listen()
        : await preview({ ...common, build: { outDir: '.' }, preview: { port: 0 } })
    const answer = await fetch(`${server.resolvedUrls?.local[0]}dashboard.json?x=1`)
    expect(await answer.json()).toEqual({
      brain: 'DEMO',
      url: 'http://127.0.0.1:4100/brain',
      auth: '127.0.0.1:4100',
      demo: DEMO,
    })
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    await server.close()
  },
)
