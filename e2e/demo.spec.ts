import { expect, test } from '@playwright/test'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { LICENCES_FILE } from './licences.ts'
import { MODULE_LIST_FILE, type ModuleList } from './module-list.ts'
import { ROOT } from './run.ts'
import { Child } from './testing/child.ts'

const DIST = path.join(ROOT, 'dist')

test.describe('npm run demo', () => {
  test.describe.configure({ timeout: 90_000 }) // a process of its own starts slowly on a busy machine
  let demo: Child
  const start = (env: NodeJS.ProcessEnv) => {
    // Not built anew: what is edited while tests run must not pull the build from under the other ones.
    const common = { BIGV_SIMULATOR_MACHINES: '3', BIGV_DEMO_BUILD: '0' }
    demo = new Child(['--import', 'tsx', 'tools/demo.ts'], { ...common, ...env })
    return demo
  }
  test.afterEach(() => demo.stop())

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`serves the dashboard with its credentials at hand, until ${signal}`, async ({ page }) => {
      start({ BIGV_DEMO_PORT: '0', BIGV_SIMULATOR_PORT: '0' })
      const [, url = ''] = await demo.until(/BigV dashboard +(http:\/\/localhost:\d+)\/\n/)
      const [, bigvUrl = ''] = await demo.until(/Simulated BigV +(http:\/\/127\.0\.0\.1:\d+)\/\n/)
      await demo.until(/account acme, user demo, password demo\.\nCtrl-C stops everything\./)

      await page.goto(url)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await expect(page).toHaveURL(/\/accounts\/acme\/groups\/default\/virtual_machines$/)

      demo.signal(signal)
      expect(await demo.ended).toBe(0)
      await expect(fetch(url)).rejects.toThrow('fetch failed')
      await expect(fetch(bigvUrl)).rejects.toThrow('fetch failed')
    })
  }

  test('takes the next free ports, and says so', async () => {
    const holders = await Promise.all([occupy(), occupy()])
    const [appPort, bigvPort] = holders.map(({ port }) => port)
    start({ BIGV_DEMO_PORT: String(appPort), BIGV_SIMULATOR_PORT: String(bigvPort) })
    await demo.until(new RegExp(`Port ${bigvPort} is in use, so the simulated BigV takes the next one`))
    await demo.until(new RegExp(`Port ${appPort} is in use, trying another one`))
    const [, url = ''] = await demo.until(/BigV dashboard +(\S+)\n/)
    const settings: unknown = await (await fetch(`${url}dashboard.json`)).json()
    expect(settings).toEqual({
      brain: 'DEMO',
      auth: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      demo: { account: 'acme', username: 'demo', password: 'demo' },
    })
    for (const { close } of holders) await close()
  })

  for (const name of ['BIGV_URL', 'BIGV_AUTH_URL', 'BIGV_DEMO_PORT', 'BIGV_SIMULATOR_PORT']) {
    test(`stops with a line about ${name} when it is wrong`, async () => {
      start({ [name]: 'wrong' })
      expect(await demo.ended).toBe(1)
      expect(demo.output).toMatch(new RegExp(`^${name} must be .*\n$`))
    })
  }
})

test.describe('the build', () => {
  test('is made of the dashboard and its packages alone', () => {
    const list = JSON.parse(readFileSync(path.join(DIST, MODULE_LIST_FILE), 'utf8')) as ModuleList
    const modules = Object.values(list).flat()
    expect(modules).toContain('src/main.tsx')
    expect(
      modules.filter((module) => !/^(\0|src\/|node_modules\/|index\.html$|vite\/)/.test(module)),
    ).toEqual([])
  })

  test('holds the licence of each package that has code in it, and its files packed', () => {
    const list = JSON.parse(readFileSync(path.join(DIST, MODULE_LIST_FILE), 'utf8')) as ModuleList
    const modules = Object.values(list).flat()
    const packages = new Set(
      modules.flatMap((module) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1] ?? []),
    )
    expect(packages.size).toBeGreaterThan(10)
    const text = readFileSync(path.join(DIST, LICENCES_FILE), 'utf8')
    expect([...packages].filter((name) => !new RegExp(`^${name} \\d\\S*: \\S`, 'm').test(text))).toEqual([])
    expect(text).toMatch(/^tailwindcss /m)
    const large = Object.keys(list).filter((file) => statSync(path.join(DIST, file)).size > 2000)
    for (const file of large) {
      expect(String(gunzipSync(readFileSync(path.join(DIST, `${file}.gz`))))).toBe(
        readFileSync(path.join(DIST, file), 'utf8'),
      )
    }
  })

  // Minified, a string is written with any of the three quotes.
  test("holds none of the demo's credentials", () => {
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

/** Takes a port of loopback, so that nobody else can. */
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
