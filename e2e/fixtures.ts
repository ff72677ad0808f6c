import { test as base, type ConsoleMessage, type Page, type Request } from '@playwright/test'
import path from 'node:path'
import { startWebServer, type ServerName } from '../deploy/testing/web-server.ts'
import type { ControlClient } from '../simulator/control/client.ts'
import { startSimulator } from '../simulator/server.ts'
import { startApp } from '../tools/app-server.ts'
import { ROOT } from '../tools/root.ts'
import { withLookUps, type Account } from './account.ts'
import { bigvAt, type Bigv } from './bigv.ts'
import { adapt } from './firefox.ts'

const DIST = path.join(ROOT, 'dist')

/** How much faster than a real BigV the simulator is by default: a second takes 20 ms. */
const SPEED = 50

/** Matches a browser's messages about something a policy blocked, or about a policy it doesn't understand. */
const POLICY_REPORT =
  /Content[- ]Security[- ]Policy|Permissions[- ]Policy|Trusted(?:HTML|Script|Type)|Cross-Origin-/i

interface Servers {
  /** The dashboard's URL. Its proxy leads to the simulator. */
  url: string
  /** The simulator's own URL. */
  bigvUrl: string
  bigv: Bigv
}

interface Fixtures {
  /** Controls this worker's BigV. Faults, speed and other settings are reset after each test. */
  bigv: Bigv
  /** The test's own account and user. `wanted` says what it has. */
  account: Account
  /** Set with `test.use`: the account's machines and groups, and whether it needs an OTP. */
  wanted: NonNullable<Parameters<ControlClient['createAccount']>[0]>
  /** Set with `test.use`: BigV's time stands still until `bigv.advance`. */
  frozen: boolean
  /** The browser's reports of what the security headers blocked. A test fails if any are left at its end. */
  policyReports: string[]
  /** Fails the test after an uncaught exception, or a request to a third party. */
  noPageErrors: void
}

export interface WorkerOptions {
  /** The server in front of the dashboard: `vite preview`, or a web server as in production. */
  behind: 'preview' | ServerName
}

export const test = base.extend<Fixtures, WorkerOptions & { servers: Servers }>({
  behind: ['preview', { option: true, scope: 'worker' }],
  servers: [
    async ({ behind }, use) => {
      const simulator = await startSimulator({ port: 0, machines: 3, speed: SPEED, control: true })
      const bigvUrl = simulator.url
      const app =
        behind === 'preview'
          ? await startApp({ bigvUrl })
          : await startWebServer({ server: behind, bigvUrl, dashboard: DIST })
      await use({ url: app.url, bigvUrl, bigv: bigvAt(simulator.url) })
      await app.close()
      await simulator.close()
    },
    { scope: 'worker' },
  ],
  context: async ({ context, launchOptions, channel }, use) => {
    adapt(context, launchOptions, channel)
    await use(context)
  },
  baseURL: ({ servers }, use) => use(servers.url),
  bigv: async ({ servers: { bigv } }, use) => {
    await bigv.clearRequests()
    await use(bigv)
    await bigv.clearFaults()
    await bigv.setBuildFails(0)
    await bigv.setBlocking(true)
    await bigv.setSpeed(SPEED)
  },
  // An object, because Playwright takes a bare array for a value with options.
  wanted: [{ machines: [{ name: 'www1', power_on: true, autoreboot_on: true }] }, { option: true }],
  frozen: [false, { option: true }],
  account: async ({ bigv, wanted, frozen }, use) => {
    if (frozen) await bigv.pauseTime()
    await use(withLookUps(await bigv.createAccount(wanted)))
  },
  policyReports: [
    async ({ context, page }, use) => {
      const reports: string[] = []
      const record = (message: string) => {
        if (POLICY_REPORT.test(message)) reports.push(message)
      }
      const recordMessage = (message: ConsoleMessage) => record(message.text())
      context.on('console', recordMessage)
      // Firefox reports what a policy blocked as errors of the page.
      page.on('pageerror', (error) => record(String(error)))
      await use(reports)
      context.off('console', recordMessage)
      base.expect(reports).toEqual([])
    },
    { auto: true },
  ],
  noPageErrors: [
    async ({ page, context }, use) => {
      const errors: Error[] = []
      const thirdParties: string[] = []
      const record = (request: Request) => {
        if (/^(?:https?|wss?):\/\/(?!localhost[:/]|127\.0\.0\.1[:/])/.test(request.url()))
          thirdParties.push(request.url())
      }
      page.on('pageerror', (error) => {
        if (!POLICY_REPORT.test(String(error))) errors.push(error)
      })
      context.on('request', record)
      await use()
      context.off('request', record)
      base.expect(errors).toEqual([])
      base.expect(thirdParties).toEqual([])
    },
    { auto: true },
  ],
})

export { expect } from './bigv.ts'
export type { Account, Bigv, Page }
