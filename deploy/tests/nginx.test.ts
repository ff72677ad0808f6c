import { afterEach, beforeAll, expect, test } from 'vitest'
import { pageFolder, startFakeBigv } from '../../tools/testing/fake-bigv.ts'
import { answerWith } from '../testing/answers.ts'
import { presentServers } from '../testing/servers.ts'
import { startWebServer, type WebServer } from '../testing/web-server.ts'

const cleanups: (() => Promise<void>)[] = []
beforeAll(() => void presentServers())
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean()
})

async function fakeBigv() {
  const bigv = await startFakeBigv()
  cleanups.push(bigv.close)
  bigv.answer = answerWith('200 OK', { 'Content-Type': 'text/plain' }, 'from BigV')
  return bigv
}

async function serve(bigvUrl: string, env: Record<string, string> = {}): Promise<WebServer> {
  const web = await startWebServer({ server: 'nginx', bigvUrl, dashboard: pageFolder(), env })
  cleanups.unshift(web.close)
  return web
}

test('nginx limits sign-ins per client address, which a trusted proxy may send', async () => {
  const bigv = await fakeBigv()
  const { url } = await serve(bigv.url, { BIGV_TRUSTED_PROXIES: '127.0.0.1/32 10.0.0.0/8' })
  const signIn = (address: string) =>
    fetch(`${url}/auth/session`, { method: 'POST', body: '{}', headers: { 'X-Forwarded-For': address } })
  const statuses: number[] = []
  for (let times = 0; times < 10; times++) statuses.push((await signIn('192.0.2.1')).status)
  expect(statuses).toEqual(Array(10).fill(200))

  const refused = await signIn('192.0.2.1')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('6')
  expect(refused.headers.get('content-security-policy')).toBe('sandbox')
  expect(await refused.json()).toEqual({
    reason: 'Too many sign-ins from your address. Try again in a moment.',
  })
  expect(bigv.connections).toHaveLength(10)

  expect((await signIn('192.0.2.2')).status).toBe(200)
  expect((await fetch(`${url}/api/x`, { headers: { 'X-Forwarded-For': '192.0.2.1' } })).status).toBe(200)
})

test('nginx keeps the Retry-After of a 429 from BigV', async () => {
  const bigv = await fakeBigv()
  bigv.answer = answerWith('429 Too Many Requests', { 'Retry-After': '30' })
  const { url } = await serve(bigv.url)
  const { status, headers } = await fetch(`${url}/api/x`)
  expect(status).toBe(429)
  expect(headers.get('retry-after')).toBe('30')
})

test.each(['PUT', 'DELETE', 'GET'])(
  'nginx doesn’t repeat a %s at BigV’s other address after its connection was cut',
  async (method) => {
    const bigv = await fakeBigv()
    bigv.answer = (connection) => connection.until('\r\n\r\n').then(() => connection.socket.resetAndDestroy())
    const { url } = await serve(`http://twice:${bigv.port}`, { BIGV_PLAIN_HTTP: '1' })
    const answer = await fetch(`${url}/api/x`, { method })
    expect(await answer.json()).toMatchObject({ sent: 'unknown' })
    expect(bigv.connections).toHaveLength(1)
  },
)
