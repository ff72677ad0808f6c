import { readFileSync } from 'node:fs'
import http, { type IncomingHttpHeaders } from 'node:http'
import https from 'node:https'
import path from 'node:path'
import { preview } from 'vite'
import { afterEach, expect, test } from 'vitest'
import { bigvProxy } from './proxy/bigv-proxy.ts'
import { SECURITY_HEADERS, TRANSPORT_SECURITY } from './security-headers.ts'
import { serveDashboard } from './serve-dashboard.ts'
import { CERTIFICATE, pageFolder, unusedPort } from './testing/fake-bigv.ts'

const cert = readFileSync(CERTIFICATE)
const key = readFileSync(path.join(path.dirname(CERTIFICATE), 'key.pem'))
const expected = Object.fromEntries(
  Object.entries(SECURITY_HEADERS).map(([name, value]) => [name.toLowerCase(), value]),
)
const [STRICT, AGE] = Object.entries(TRANSPORT_SECURITY)[0] ?? []
const expectedOverTls = { [String(STRICT).toLowerCase()]: AGE }

let close = () => Promise.resolve()
afterEach(() => close())

async function servedOver(protocol: 'http' | 'https') {
  const BIGV_URL = `http://127.0.0.1:${await unusedPort()}`
  const env = { BIGV_URL, BIGV_AUTH_URL: BIGV_URL }
  const server = await preview({
    configFile: false,
    root: pageFolder(),
    logLevel: 'silent',
    build: { outDir: '.' },
    preview: { port: 0, ...(protocol === 'https' && { https: { key, cert } }) },
    plugins: [bigvProxy(env), serveDashboard(env)],
  })
  close = () => server.close()
  const url = new URL(server.resolvedUrls?.local[0] ?? '')
  return (path: string): Promise<IncomingHttpHeaders> =>
    new Promise((resolve, reject) => {
      const ask = protocol === 'https' ? https : http
      const options = { host: url.hostname, port: url.port, path, ca: cert }
      ask.get(options, (answer) => resolve(answer.resume().headers)).on('error', reject)
    })
}

test('the preview server sets the security headers on every answer, even a 404', async () => {
  const headersOf = await servedOver('http')
  for (const target of ['/', '/accounts/acme', '/assets/none.js']) {
    const headers = await headersOf(target)
    expect(headers).toMatchObject(expected)
    expect(headers).not.toHaveProperty(Object.keys(expectedOverTls)[0] ?? '')
  }
})

test("the preview server sends Strict-Transport-Security over TLS, and sandboxes BigV's answers", async () => {
  const headersOf = await servedOver('https')
  expect(await headersOf('/')).toMatchObject({ ...expected, ...expectedOverTls })
  expect(await headersOf('/api/x')).toMatchObject({
    ...expectedOverTls,
    'content-security-policy': 'sandbox',
  })
})
