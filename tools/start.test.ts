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

// Vite's own commands with vite.config.ts, as `npm run dev` and `npm run preview` start them.
const VITE = 'node_modules/vite/bin/vite.js'
const TIME_LIMIT = 60_000 // processes of their own start slowly on a busy machine

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
  ])('%s stops when BIGV_URL is %s, no http(s) URL, and says so in a line', async (command, url) => {
    const child = vite([command], { BIGV_URL: url })
    expect(await child.ended).toBe(1)
    expect(child.output.trim().split('\n').slice(1)).toEqual([
      `BIGV_URL must be an http:// or https:// URL such as https://uk0.bigv.io; it is "${url}".`,
    ])
  })

  test('preview stops when BIGV_AUTH_URL is no http(s) URL', async () => {
    const child = vite(['preview'], { BIGV_AUTH_URL: 'auth.example' })
    expect(await child.ended).toBe(1)
    expect(child.output).toContain('BIGV_AUTH_URL must be an http:// or https:// URL')
  })

  test('preview stops when nothing has been built', async () => {
    const child = vite(['preview', '--outDir', '/nowhere'], {})
    expect(await child.ended).toBe(1)
    expect(child.output).toContain('Run "npm run build" first.')
    expect(child.output).not.toContain('    at ')
  })

  test.each([
    ['', 'uk0.bigv.io'],
    ['http://127.0.0.1:4100/x', '127.0.0.1:4100'],
  ])('preview with BIGV_URL "%s" names the brain %s', async (bigvUrl, brain) => {
    const { url } = await previewOf({ BIGV_URL: bigvUrl })
    const answer = await fetch(`${url}/dashboard.json`)
    expect(await answer.json()).toEqual({ brain, auth: 'auth.bytemark.co.uk' })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('preview reaches a BigV over TLS, told its name, whose certificate is trusted and has that name', async () => {
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

  test('preview says in a line why a request got no answer', async () => {
    const { child, url } = await previewOf({ BIGV_URL: `http://127.0.0.1:${await unusedPort()}` })
    expect((await fetch(`${url}/api/x`)).status).toBe(502)
    await child.until(/http proxy error: \/x\nBigV \(127.0.0.1:\d+\) refused the connection\.\n/)
    expect(child.output).not.toContain('    at ')
  })

  test('preview takes the next free port, says so, and listens on loopback only', async () => {
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

/** Addresses of this machine besides the one that `localhost` stands for. */
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
