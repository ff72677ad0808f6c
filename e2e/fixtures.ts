import { test as base, type ConsoleMessage, type Page, type Request } from '@playwright/test'
import path from 'node:path'
import { startWebServer, type ServerName } from '../deploy/testing/web-server.ts'
import { controlClient, type ControlClient, type NewAccount } from '../simulator/control/client.ts'
import { startSimulator } from '../simulator/server.ts'
import { startApp } from '../tools/app-server.ts'
import { ROOT } from '../tools/root.ts'

const DIST = path.join(ROOT, 'dist')

/** Times faster than life, unless a test says otherwise: what takes seconds takes tens of milliseconds. */
const SPEED = 50

/** How Chromium begins to say that a policy has stopped something, or that a policy makes no sense to it. */
const REFUSAL =
  /Content[- ]Security[- ]Policy|Permissions[- ]Policy|Trusted(?:HTML|Script|Type)|Cross-Origin-/i

interface Servers {
  /** The dashboard's address; behind its proxy is the simulator. */
  url: string
  /** BigV's own. */
  bigvUrl: string
  bigv: ControlClient
}

type Machine = NewAccount['machines'][number]

/** A test's own account. What the test names must be there: a name that is nobody's throws instead of meaning machine 0. */
export interface Account extends NewAccount {
  /** The machine of this name, or of this place among those that were wanted, with its path at BigV. */
  machine(which: string | number): Machine & { path: string }
  group(name: string): NewAccount['groups'][number]
}

/** An account as the control client has made it, with look-ups that throw. */
function withLookUps(account: NewAccount): Account {
  return {
    ...account,
    machine(which) {
      const found = account.machines.find(({ name }, place) => which === name || which === place)
      if (!found) throw new Error(`${account.account} has no machine ${which}.`)
      const path = `/accounts/${account.account}/groups/${found.group}/virtual_machines/${found.id}`
      return { ...found, path }
    },
    group(name) {
      const found = account.groups.find((group) => group.name === name)
      if (!found) throw new Error(`${account.account} has no group ${name}.`)
      return found
    },
  }
}

interface Fixtures {
  /** Steers this worker's BigV. Faults, stopped time and the like end with the test. */
  bigv: ControlClient
  /** An account of the test's own, with its own user, with what it wants by `test.use`: machines, groups, an OTP. */
  account: Account
  wanted: NonNullable<Parameters<ControlClient['createAccount']>[0]>
  /** Time stands still for this account's machines from the start; `bigv.advance` lets it pass. */
  frozen: boolean
  /** What the browser has refused the pages by the security headers; a test is failed by any that it leaves here. */
  refused: string[]
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
      await use({ url: app.url, bigvUrl, bigv: controlClient(simulator.url) })
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
  refused: [
    async ({ context }, use) => {
      const reports: string[] = []
      const note = (message: ConsoleMessage) => {
        if (REFUSAL.test(message.text())) reports.push(message.text())
      }
      context.on('console', note)
      await use(reports)
      context.off('console', note)
      base.expect(reports).toEqual([])
    },
    { auto: true },
  ],
  noPageErrors: [
    async ({ page, context }, use) => {
      const errors: Error[] = []
      const strangers: string[] = []
      const note = (request: Request) => {
        if (/^(?:https?|wss?):\/\/(?!localhost[:/]|127\.0\.0\.1[:/])/.test(request.url()))
          strangers.push(request.url())
      }
      page.on('pageerror', (error) => errors.push(error))
      context.on('request', note)
      await use()
      context.off('request', note)
      base.expect(errors).toEqual([])
      base.expect(strangers).toEqual([])
    },
    { auto: true },
  ],
})

export { expect } from '@playwright/test'
export type { Page }
