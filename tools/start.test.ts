import net from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import {
  bothTrusted,
  CERTIFICATE_OF_ANOTHER_NAME,
  PAGE,
  pageFolder,
  startFakeBigv,
  unusedPort,
} from './testing/fake-bigv.ts'
import { answerText } from './testing/wire.ts'
import { Child } from './testing/child.ts'

// Vite's own command line with vite.config.ts, as in `npm run dev` and `npm run preview`.
const VITE = 'node_modules/vite/bin/vite.js'
const TIME_LIMIT = 60_000 // separate processes start slowly on a busy computer

describe('starting Vite', { timeout: TIME_LIMIT }, () => {
  const cleanups: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const clean of cleanups.splice(0)) await clean()
  })

  const vite = (args: string[], env: NodeJS.ProcessEnv) => {
    const child = new Child([VITE, ...args], env)
    cleanups.push(() => child.stop())
    return child
  }
  const previewOf = async (env: NodeJS.ProcessEnv) => {
    const child = vite(['preview', '--outDir', pageFolder(), '--port', '0'], env)
    const [, url = ''] = await child.until(/(http:\/\/localhost:\d+)\//)
    return { child, url }
  }

  test.each([
    ['dev', 'uk0.bigv.io'],
    ['preview', 'ftp://uk0.bigv.io'],
  ])("%s stops with a one-line error if BIGV_URL is %s, which isn't an http(s) URL", async (command, url) => {
    const child = vite([command], { BIGV_URL: url })
    expect(await child.ended).toBe(1)
    expect(child.output.trim().split('\n').slice(1)).toEqual([
      `BIGV_URL must be an http:// or https:// URL such as https://uk0.bigv.io; it is "${url}".`,
    ])
  })

  test('preview stops if BIGV_AUTH_URL is not an http(s) URL', async () => {
    const child = vite(['preview'], { BIGV_AUTH_URL: 'auth.example' })
    expect(await child.ended).toBe(1)
    expect(child.output).toContain('BIGV_AUTH_URL must be an http:// or https:// URL')
  })

  test('preview stops if the dashboard is not built', async () => {
    const child = vite(['preview', '--outDir', '/nowhere'], {})
    expect(await child.ended).toBe(1)
    expect(child.output).toContain('Run "npm run build" first.')
    expect(child.output).not.toContain('    at ')
  })

  test.each([
    ['', 'uk0.bigv.io', 'https://uk0.bigv.io'],
    ['http://127.0.0.1:4100/x', '127.0.0.1:4100', 'http://127.0.0.1:4100/x'],
  ])('preview with BIGV_URL "%s" names the cluster %s in /dashboard.json', async (bigvUrl, brain, whole) => {
    const { url } = await previewOf({ BIGV_URL: bigvUrl })
    const answer = await fetch(`${url}/dashboard.json`)
    expect(await answer.json()).toEqual({ brain, url: whole, auth: 'auth.bytemark.co.uk' })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('preview connects over TLS only if BigV’s certificate is trusted and has the right name', async () => {
    const bigv = await startFakeBigv({ secure: true })
    const auth = await startFakeBigv({ secure: true, certificate: CERTIFICATE_OF_ANOTHER_NAME })
    cleanups.push(bigv.close, auth.close)
    for (const one of [bigv, auth])
      one.answer = (connection) => connection.send(answerText('200 OK', {}, 'verified'))
    const { url } = await previewOf({
      BIGV_URL: bigv.url,
      BIGV_AUTH_URL: auth.url,
      NODE_EXTRA_CA_CERTS: bothTrusted(),
    })
    expect(await (await fetch(`${url}/api/x`)).text()).toBe('verified')
    expect(bigv.connections[0]?.received).toContain(`host: localhost:${bigv.port}\r\n`)

    const refused = await fetch(`${url}/auth/session`, { method: 'POST' })
    expect(refused.status).toBe(502)
    expect(await refused.json()).toEqual({
      reason: expect.stringMatching(/^No trusted TLS connection to The auth service .*elsewhere\.example/),
      sent: false,
    })
    expect(auth.connections.map((connection) => connection.received).join('')).toBe('')
  })

  test('preview prints in one line why a request to BigV failed', async () => {
    const { child, url } = await previewOf({ BIGV_URL: `http://127.0.0.1:${await unusedPort()}` })
    expect((await fetch(`${url}/api/x`)).status).toBe(502)
    await child.until(/http proxy error: \/x\nBigV \(127.0.0.1:\d+\) refused the connection\.\n/)
    expect(child.output).not.toContain('    at ')
  })

  test('preview uses and prints the next free port, and listens on loopback only', async () => {
    const first = new URL((await previewOf({})).url)
    const second = vite(['preview', '--outDir', pageFolder(), '--port', first.port], {})
    const [, port] = await second.until(/http:\/\/localhost:(\d+)\//)
    expect(Number(port)).toBeGreaterThan(Number(first.port))
    expect(second.output).toContain(`Port ${first.port} is in use`)
    await second.until(/use --host to expose/)
    expect(await (await fetch(`http://localhost:${port}`)).text()).toContain(PAGE)
    for (const host of otherAddresses()) {
      await expect(connectTo(host, Number(port))).rejects.toThrow('ECONNREFUSED')
    }
  })
})

/** This computer's addresses apart from those of localhost. */
function otherAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const outside = all.filter(({ family, internal }) => family === 'IPv4' && !internal)
  const second = process.platform === 'linux' ? ['127.0.0.2'] : []
  return [...second, ...outside.map(({ address }) => address)]
}

function connectTo(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}
