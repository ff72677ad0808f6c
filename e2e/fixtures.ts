import { test as base, type Page } from '@playwright/test'
import { controlClient, type ControlClient, type NewAccount } from '../simulator/control.ts'
import { startSimulator } from '../simulator/server.ts'
import { startApp } from '../tools/app-server.ts'

/** Times faster than life, unless a test says otherwise: what takes seconds takes tens of milliseconds. */
const SPEED = 50

interface Servers {
  /** The dashboard's address; behind its proxy is the simulator. */
  url: string
  bigv: ControlClient
}

interface Fixtures {
  /** Steers this worker's BigV. Faults, stopped time and the like end with the test. */
  bigv: ControlClient
  /** An account of the test's own, with its own user, with what it wants by `test.use`: machines, groups, an OTP. */
  account: NewAccount
  wanted: NonNullable<Parameters<ControlClient['createAccount']>[0]>
  /** Time stands still for this account's machines from the start; `bigv.advance` lets it pass. */
  frozen: boolean
  /** Fails a test on whose pages an exception was not caught. */
  noPageErrors: void
}

export const test = base.extend<Fixtures, { servers: Servers }>({
  servers: [
    async ({}, use) => {
      const simulator = await startSimulator({ port: 0, machines: 3, speed: SPEED, control: true })
      const app = await startApp({ bigvUrl: simulator.url })
      await use({ url: app.url, bigv: controlClient(simulator.url) })
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
    await use(await bigv.createAccount(wanted))
  },
  noPageErrors: [
    async ({ page }, use) => {
      const errors: Error[] = []
      page.on('pageerror', (error) => errors.push(error))
      await use()
      base.expect(errors).toEqual([])
    },
    { auto: true },
  ],
})

export { expect } from '@playwright/test'
export type { Page }
