import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startFakeBigv, type FakeBigv } from '../../tools/testing/fake-bigv.ts'
import { SECURITY_HEADERS, TRANSPORT_SECURITY } from '../../tools/security-headers.ts'
import { answerWith } from '../testing/answers.ts'
import { askBy } from '../testing/proxies.ts'
import { presentServers } from '../testing/servers.ts'
import { startWebServer, type WebServer } from '../testing/web-server.ts'

const PAGE = '<p>the dashboard</p>'
const SCRIPT = 'export default "a script"\n'.repeat(50)

/** A folder like a build, with compressed files beside the originals. */
function build(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bigv-build-'))
  mkdirSync(path.join(folder, 'assets'))
  mkdirSync(path.join(folder, '.vite'))
  const files = {
    'index.html': PAGE,
    'theme.js': SCRIPT,
    'manifest.webmanifest': '{}',
    'licences.txt': 'ü',
    '.vite/sources': 'secret',
    'assets/app-Ab12.js': SCRIPT,
    'assets/app-Ab12.css': 'p{}',
  }
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), text)
    if (!name.endsWith('.js')) continue
    writeFileSync(path.join(folder, `${name}.gz`), gzipSync(text))
    writeFileSync(path.join(folder, `${name}.br`), brotliCompressSync(text))
  }
  return folder
}

describe.each(presentServers())('the dashboard behind %s', (server) => {
  let bigv: FakeBigv
  let web: WebServer
  beforeAll(async () => {
    bigv = await startFakeBigv()
    const headers = {
      'Content-Type': 'application/json',
      'Cache-Control': 'private',
      'Referrer-Policy': 'unsafe-url',
    }
    bigv.answer = answerWith('200 OK', headers, JSON.stringify({ names: Array(1000).fill('web') }))
    const env = { BIGV_SERVER_NAMES: 'bigv.example' }
    web = await startWebServer({ server, bigvUrl: bigv.url, dashboard: build(), env })
  })
  afterAll(async () => {
    await web.close()
    await bigv.close()
  })
  const get = (target: string, headers: Record<string, string> = {}) =>
    fetch(web.url + target, { headers, redirect: 'manual' })

  // fetch() normalises paths and sets Host itself.
  const byHand = (target: string, headers?: Record<string, string>) =>
    askBy(web.open)(`GET ${target}`, headers)

  test.each([
    '/',
    '/accounts/acme/groups/default/virtual_machines/web.1',
    '/sign-in?next=%2Fx.js',
    '/x/assets/y',
  ])('serves the page for %s, revalidated each time', async (target) => {
    const answer = await get(target)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe(PAGE)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  })

  test.each([
    ['/assets/app-Ab12.js', /^(?:text|application)\/javascript/, 'public, max-age=31536000, immutable'],
    ['/assets/app-Ab12.css', /^text\/css/, 'public, max-age=31536000, immutable'],
    ['/theme.js', /^(?:text|application)\/javascript/, 'no-cache'],
    ['/manifest.webmanifest', /^application\/manifest\+json/, 'no-cache'],
    ['/licences.txt', /^text\/plain; ?charset=utf-8/, 'no-cache'],
  ])('serves the file %s with the right type and cache time', async (target, type, kept) => {
    const { status, headers } = await get(target)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(type)
    expect(headers.get('cache-control')).toBe(kept)
    const again = await get(target, { 'If-None-Match': headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
  })

  test.each([
    '/assets/app-Gone.js',
    '/assets/',
    '/assets/none/x',
    '/robots.txt',
    '/favicon.ico',
    '/.vite/sources',
    '/.env',
    '/api',
    '/auth',
  ])('answers %s with an uncached 404 instead of the page', async (target) => {
    const answer = await get(target, { Accept: 'text/html' })
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toMatch(/the dashboard<|secret/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    '/../../etc/passwd',
    '/assets/../../../etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/assets/%2e%2e/%2e%2e/etc/passwd',
  ])('serves no file outside the dashboard: %s', async (target) => {
    const { body } = await byHand(target)
    expect(body).not.toContain('root:')
  })

  test.each(['/', '/accounts/acme', '/assets/app-Ab12.js', '/assets/none.js', '/dashboard.json', '/healthz'])(
    'sends the security headers of tools/security-headers.ts with %s',
    async (target) => {
      const { headers } = await get(target)
      for (const [name, value] of Object.entries(SECURITY_HEADERS))
        expect(headers.get(name), name).toBe(value)
      for (const name of Object.keys(TRANSPORT_SECURITY)) expect(headers.get(name)).toBeNull()
      expect(headers.get('server') ?? '').not.toMatch(/\d/)
    },
  )

  test('sends Strict-Transport-Security if a proxy in front speaks TLS', async () => {
    const { headers } = await get('/', { 'X-Forwarded-Proto': 'https' })
    for (const [name, value] of Object.entries(TRANSPORT_SECURITY)) expect(headers.get(name)).toBe(value)
  })

  test("keeps the Cache-Control of BigV's answers, and sandboxes the answers", async () => {
    const { status, headers } = await get('/api/x')
    expect(status).toBe(200)
    const { 'Content-Security-Policy': _, ...others } = SECURITY_HEADERS
    for (const [name, value] of Object.entries(others)) expect(headers.get(name), name).toBe(value)
    expect(headers.get('content-security-policy')).toBe('sandbox')
    expect(headers.get('cache-control')).toBe('private')
  })

  test("sends the build's compressed files, and compresses BigV's long answers", async () => {
    for (const target of ['/assets/app-Ab12.js', '/theme.js', '/api/x']) {
      const packed = await get(target, { 'Accept-Encoding': 'gzip' })
      expect(packed.headers.get('content-encoding')).toBe('gzip')
      expect(packed.headers.get('vary')).toMatch(/accept-encoding/i)
      const plain = await get(target, { 'Accept-Encoding': 'identity' })
      expect(plain.headers.get('content-encoding')).toBeNull()
      expect(await packed.text()).toBe(await plain.text())
    }
  })

  test('sends brotli from Caddy, and from nginx if it has the brotli module', async () => {
    const answer = await get('/theme.js', { 'Accept-Encoding': 'br' })
    const brotli = server === 'caddy' || existsSync('/usr/lib/nginx/modules/ngx_http_brotli_static_module.so')
    expect(answer.headers.get('content-encoding')).toBe(brotli ? 'br' : null)
    expect(await answer.text()).toBe(SCRIPT)
  })

  test('refuses a body above 1 MB without connecting to BigV', async () => {
    const before = bigv.connections.length
    const answer = await fetch(`${web.url}/api/x`, { method: 'PUT', body: 'x'.repeat(1_100_000) })
    expect(answer.status).toBe(413)
    expect(await answer.json()).toEqual({ reason: 'The request is larger than 1 MB.' })
    expect(bigv.connections).toHaveLength(before)
  })

  test('names BigV and the auth service in /dashboard.json, and answers health checks', async () => {
    const answer = await get('/dashboard.json')
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const host = new URL(bigv.url).host
    expect(await answer.json()).toEqual({ brain: host, url: bigv.url, auth: host })
    expect(await (await get('/healthz')).text()).toMatch(/^ok\n?$/)
  })

  test('refuses an unknown Host, except for health checks', async () => {
    for (const Host of ['bigv.example', 'BIGV.example:8080', 'localhost'])
      expect((await byHand('/', { Host })).status, Host).toBe(200)
    for (const Host of ['rebound.example', '10.1.2.3:8080', 'x.bigv.example'])
      expect((await byHand('/', { Host })).status, Host).toBe(403)
    expect((await byHand('/healthz', { Host: '10.1.2.3:8080' })).status).toBe(200)
  })

  test('logs no queries, credentials or tokens', async () => {
    await get('/api/accounts/acme?secret=query', {
      Authorization: 'Basic c2VjcmV0',
      Referer: 'http://secret/',
    })
    await get('/auth/session/secret-token?secret')
    await get('/secret.js?secret=query')
    await expect.poll(() => web.log()).toContain('/secret.js')
    await expect.poll(() => web.log()).toContain('/api/accounts/acme')
    expect(web.log().replaceAll('/secret.js', '')).not.toMatch(/secret|c2VjcmV0/)
  })
})
