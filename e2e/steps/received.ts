import type { Page } from '@playwright/test'
import type { ControlClient } from '../../simulator/control/client.ts'
import type { Account } from '../account.ts'
import { expect, writes } from '../bigv.ts'

// For what was received, there is `expect(bigv).toHaveReceived`.

let fences = 0

/** Sees that no write reached BigV: not before a GET has come through that the page sent later than any of them could have been. */
export async function expectNothingSent(page: Page, bigv: ControlClient): Promise<void> {
  await fence(page, bigv)
  expect(await writes(bigv)).toEqual([])
}

/** Has the page send a GET, and waits until BigV has received it: what the page had sent before is there by then, too. */
async function fence(page: Page, bigv: ControlClient): Promise<void> {
  const number = String((fences += 1))
  await page.evaluate((mark) => fetch(`/api/definitions?fence=${mark}`).then(() => undefined), number)
  await expect
    .poll(async () => (await bigv.requests()).some(({ query }) => query['fence'] === number))
    .toBe(true)
}

/** Waits until BigV has received a write whose path ends so: a page says what it does before the request has arrived. */
export async function waitForWrite(bigv: ControlClient, end = ''): Promise<void> {
  await expect.poll(async () => (await writes(bigv)).some(({ path }) => path.endsWith(end))).toBe(true)
}

/** Lets time pass, second by second, until the guest of the account's first machine has shut down, once it was told to. */
export async function advanceUntilOff(bigv: ControlClient, account: Account): Promise<void> {
  const { id } = account.machine(0)
  await waitForWrite(bigv, '/signal')
  for (let seconds = 0; seconds < 60; seconds++) {
    await bigv.advance(1_000)
    if (!(await bigv.machine(id)).power_on) return
  }
  throw new Error('The guest did not shut down within a minute.')
}
