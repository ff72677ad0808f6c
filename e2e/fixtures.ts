import { test as base, type ConsoleMessage, type Page, type Request } from '@playwright/test'
import path from 'node:path'
import { startWebServer, type ServerName } from '../deploy/testing/web-server.ts'
import type { ControlClient } from '../simulator/control/client.ts'
import { startSimulator } from '../simulator/server.ts'
import { startApp } from '../tools/app-server.ts'
import { ROOT } from '../tools/root.ts'
import { withLookUps, type Account } from './account.ts'
import { bigvAt, type Bigv } from './bigv.ts'

const DIST = path.join(ROOT, 'dist')

/** Times faster than life, unless a test says otherwise: what takes seconds takes tens of milliseconds. */
const SPEED = 50

/** How Chromium begins to say that a policy has stopped something, or that a policy makes no sense to it. */
const POLICY_REPORT =
  /Content[- ]Security[- ]Policy|Permissions[- ]Policy|Trusted(?:HTML|Script|Type)|Cross-Origin-/i

interface Servers {
  /** The dashboard's address; behind its proxy is the simulator. */
  url: string
  /** BigV's own. */
  bigvUrl: string
  bigv: Bigv
}

interface Fixtures {
  /** Steers this worker's BigV. Faults, stopped time and the like end with the test. */
  bigv: Bigv
  /** An account of the test's own, with its own user, with what it wants by `test.use`: machines, groups, an OTP. */
  account: Account
  wanted: NonNullable<Parameters<ControlClient['createAccount']>[0]>
  /** Time stands still for this account's machines from the start; `bigv.advance` lets it pass. */
  frozen: boolean
  /** What the browser has refused the pages by the security headers; a test is failed by any that it leaves here. */
  policyReports: string[]
  /** Fails a test on whose pages an exception was not caught, or which asked a third party for anything. */
  noPageErrors: void
}

export interface WorkerOptions {
  /** What serves the dashboard: `vite preview`, or a web server as in production. */
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
  baseURL: ({ servers }, use) => use(servers.url),
  bigv: async ({ servers: { bigv } }, use) => {
    await bigv.clearRequests()
    await use(bigv)
    await bigv.clearFaults()
    await bigv.setBuildFails(0)
    await bigv.setBlocking(true)
    await bigv.setSpeed(SPEED)
  },
  // An object: Playwright would take a bare array for a value with its options.
  wanted: [{ machines: [{ name: 'www1', power_on: true, autoreboot_on: true }] }, { option: true }],
  frozen: [false, { option: true }],
  account: async ({ bigv, wanted, frozen }, use) => {
    if (frozen) await bigv.pauseTime()
    await use(withLookUps(await bigv.createAccount(wanted)))
  },
  policyReports: [
    async ({ context }, use) => {
      const reports: string[] = []
      const record = (message: ConsoleMessage) => {
        if (POLICY_REPORT.test(message.text())) reports.push(message.text())
      }
      context.on('console', record)
      await use(reports)
      context.off('console', record)
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
      page.on('pageerror', (error) => errors.push(error))
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
