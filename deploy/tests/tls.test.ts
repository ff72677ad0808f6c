import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import { json, text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CERTIFICATE,
  CERTIFICATE_OF_ANOTHER_NAME,
  KEY,
  PAGE,
  bothTrusted,
  pageFolder,
  startFakeBigv,
  type FakeBigv,
} from '../../tools/testing/fake-bigv.ts'
import { answerText } from '../../tools/testing/wire.ts'
import { TRANSPORT_SECURITY } from '../../tools/security-headers.ts'
import { presentServers } from '../testing/servers.ts'
import { startWebServer, type WebServer } from '../testing/web-server.ts'

describe.each(presentServers())('%s with TLS on both sides', (server) => {
  let bigv: FakeBigv
  let auth: FakeBigv
  let web: WebServer
  beforeAll(async () => {
    bigv = await startFakeBigv({ secure: true })
    auth = await startFakeBigv({ secure: true, certificate: CERTIFICATE_OF_ANOTHER_NAME })
    bigv.answer = (connection) => connection.send(answerText('200 OK', {}, 'from BigV'))
    auth.answer = (connection) => connection.send(answerText('200 OK', {}, 'a token'))
    const env = { BIGV_CA_FILE: bothTrusted(), BIGV_TLS_CERTIFICATE: CERTIFICATE, BIGV_TLS_KEY: KEY }
    web = await startWebServer({ server, bigvUrl: bigv.url, authUrl: auth.url, dashboard: pageFolder(), env })
  })
  afterAll(async () => {
    await web.close()
    await bigv.close()
    await auth.close()
  })

  const ask = (method: string, target: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const options = { method, ca: readFileSync(CERTIFICATE), servername: 'localhost', agent: false }
      const request = https.request(web.url + target, options, resolve)
      request.on('error', reject).end()
    })

  test('speaks TLS, and sends Strict-Transport-Security', async () => {
    const strict = TRANSPORT_SECURITY['Strict-Transport-Security']
    for (const target of ['/', '/api/x', '/none.js'])
      expect((await ask('GET', target)).headers['strict-transport-security'], target).toBe(strict)
  })

  test("serves the page and BigV's answers over one HTTP/2 connection", async () => {
    const session = http2.connect(web.url, { ca: readFileSync(CERTIFICATE), servername: 'localhost' })
    try {
      await once(session, 'connect')
      const get = async (target: string) => {
        const stream = session.request({ ':path': target })
        const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders]
        return { status: headers[':status'], body: await text(stream) }
      }
      const [page, answer] = await Promise.all([get('/'), get('/api/x')])
      expect(session.alpnProtocol).toBe('h2')
      expect(page).toEqual({ status: 200, body: PAGE })
      expect(answer).toEqual({ status: 200, body: 'from BigV' })
    } finally {
      session.destroy()
    }
  })

  test('redirects plain HTTP to https', async () => {
    const plain = await fetch(`http://127.0.0.1:${web.port}/accounts?x=1`, { redirect: 'manual' })
    expect(plain.status).toBe(308)
    expect(plain.headers.get('location')).toBe(`https://127.0.0.1:${web.port}/accounts?x=1`)
    expect(web.log()).not.toContain('uninitialized') // nginx warns if a header's variable has no value
  })

  test('sends BigV’s name in the TLS handshake (SNI), and checks the certificate for that name', async () => {
    bigv.connections = []
    const answer = await ask('GET', '/api/x')
    expect(await text(answer)).toBe('from BigV')
    expect(bigv.connections[0]?.received).toContain(`Host: localhost:${bigv.port}\r\n`)
  })

  test('sends nothing to a server whose certificate is for another name', async () => {
    const answer = await ask('POST', '/auth/session')
    expect(answer.statusCode).toBe(502)
    const reason = `The auth service (localhost:${auth.port}) could not be reached: no connection, or no trusted TLS.`
    expect(await json(answer)).toEqual({ reason, sent: false })
    await Promise.all(auth.connections.map((connection) => connection.closed))
    expect(auth.connections.map((connection) => connection.received).join('')).toBe('')
  })
})
