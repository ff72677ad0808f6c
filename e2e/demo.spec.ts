import { expect, test } from '@playwright/test'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { ROOT } from '../tools/root.ts'
import { Child } from '../tools/testing/child.ts'

const DIST = path.join(ROOT, 'dist')

test.describe('npm run demo', () => {
  test.describe.configure({ timeout: 90_000 }) // a new process starts slowly on a busy computer
  let demo: Child
  const start = (env: NodeJS.ProcessEnv) => {
    // Without npm, which would build again and replace dist under the other tests.
    demo = new Child(['--import', 'tsx', 'tools/demo.ts'], { BIGV_SIMULATOR_MACHINES: '3', ...env })
    return demo
  }
  test.afterEach(() => demo.stop())

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`serves the dashboard with the credentials filled in, and stops on ${signal}`, async ({ page }) => {
      start({ BIGV_DEMO_PORT: '0', BIGV_SIMULATOR_PORT: '0' })
      const [, url = ''] = await demo.until(/BigV dashboard +(http:\/\/localhost:\d+)\/\n/)
      const [, bigvUrl = ''] = await demo.until(/Simulated BigV +(http:\/\/127\.0\.0\.1:\d+)\/\n/)
      await demo.until(/account acme, user demo, password demo\.\nPress Ctrl-C to stop both\./)

      await page.goto(url)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await expect(page).toHaveURL(/\/accounts\/acme\/groups\/default\/virtual_machines$/)

      demo.signal(signal)
      expect(await demo.ended).toBe(0)
      await expect(fetch(url)).rejects.toThrow('fetch failed')
      await expect(fetch(bigvUrl)).rejects.toThrow('fetch failed')
    })
  }

  test('suggests what to try, until that is dismissed', async ({ page }) => {
    start({ BIGV_DEMO_PORT: '0', BIGV_SIMULATOR_PORT: '0' })
    const [, url = ''] = await demo.until(/BigV dashboard +(http:\/\/localhost:\d+)\/\n/)
    await page.goto(url)
    const signIn = page.getByRole('button', { name: 'Sign in', exact: true })
    const tips = page.getByRole('region', { name: 'Worth trying in this demo' })
    await signIn.click()
    await tips.getByRole('link', { name: 'Shut down stubborn' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('stubborn')
    await page.goBack()
    await tips.getByRole('button', { name: 'Dismiss suggestions' }).click()
    await expect(tips).toBeHidden()
    await page.reload()
    await signIn.click()
    await expect(page.getByRole('row', { name: /stubborn/ })).toBeVisible()
    await expect(tips).toBeHidden()
  })

  test('uses and prints the next free ports if its own are in use @long', async () => {
    const holders = await Promise.all([occupy(), occupy()])
    const [appPort, bigvPort] = holders.map(({ port }) => port)
    start({ BIGV_DEMO_PORT: String(appPort), BIGV_SIMULATOR_PORT: String(bigvPort) })
    await demo.until(new RegExp(`Port ${bigvPort} is in use, so the simulated BigV takes the next one`))
    await demo.until(new RegExp(`Port ${appPort} is in use, trying another one`))
    const [, url = ''] = await demo.until(/BigV dashboard +(\S+)\n/)
    const settings: unknown = await (await fetch(`${url}dashboard.json`)).json()
    expect(settings).toEqual({
      brain: 'DEMO',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      auth: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      demo: { account: 'acme', username: 'demo', password: 'demo' },
    })
    for (const { close } of holders) await close()
  })

  for (const name of ['BIGV_URL', 'BIGV_AUTH_URL', 'BIGV_DEMO_PORT', 'BIGV_SIMULATOR_PORT']) {
    test(`stops with a one-line error if ${name} is wrong @long`, async () => {
      start({ [name]: 'wrong' })
      expect(await demo.ended).toBe(1)
      expect(demo.output).toMatch(new RegExp(`^${name} must be .*\n$`))
    })
  }
})

test.describe('the build', () => {
  test('includes the licences of exactly the packages in it', () => {
    const text = readFileSync(path.join(DIST, 'licences.txt'), 'utf8')
    const named = new Map(
      [...text.matchAll(/^## (\S+) - \d\S* \((\S+)\)\n\n(?=\S)/gm)].map(([, name, id]) => [name, id]),
    )
    const manifest = readFileSync(path.join(ROOT, 'package.json'), 'utf8')
    const { dependencies, devDependencies } = JSON.parse(manifest) as Record<string, Record<string, string>>
    for (const name of Object.keys(dependencies ?? {})) expect(named.get(name), name).toMatch(/^(?:MIT|ISC)$/)
    for (const name of Object.keys(devDependencies ?? {})) expect([...named.keys()]).not.toContain(name)
  })

  test('has a gzip and a Brotli copy of its files', () => {
    const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.(?:html|js|css|txt)$/.test(file) && statSync(path.join(DIST, file)).size >= 1000,
    )
    expect(files.length).toBeGreaterThan(20)
    for (const file of files) {
      const bytes = readFileSync(path.join(DIST, file))
      expect(gunzipSync(readFileSync(path.join(DIST, `${file}.gz`))).equals(bytes), file).toBe(true)
      expect(brotliDecompressSync(readFileSync(path.join(DIST, `${file}.br`))).equals(bytes), file).toBe(true)
    }
  })

  // Minified code uses any of the three quotes.
  test("contains none of the demo's credentials", () => {
    const files = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    expect(files.length).toBeGreaterThan(3)
    const literals = /["'`](?:demo|acme|demo:demo|ZGVtbzpkZW1v)["'`]/g
    for (const { parentPath, name } of files) {
      const text = readFileSync(path.join(parentPath, name), 'latin1')
      expect(text.match(literals), name).toBeNull()
    }
  })
})

/** Occupies a free port on localhost. */
function occupy(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = net.createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const close = () => new Promise<void>((done) => void server.close(() => done()))
      resolve({ port: address && typeof address === 'object' ? address.port : 0, close })
    })
  })
}
