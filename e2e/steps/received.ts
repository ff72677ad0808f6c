import type { Page } from '@playwright/test'
import type { ControlClient } from '../../simulator/control/client.ts'
import type { Account } from '../account.ts'
import { expect, writes } from '../bigv.ts'

// The opposite is `expect(bigv).toHaveReceived`.

let fences = 0

/** Expects that BigV has received no write. It first waits for a GET that the page sends after any write it may have sent. */
export async function expectNothingSent(page: Page, bigv: ControlClient): Promise<void> {
  await fence(page, bigv)
  expect(await writes(bigv)).toEqual([])
}

/** Sends a GET from the page and waits until BigV has received it, and so everything the page sent before. */
async function fence(page: Page, bigv: ControlClient): Promise<void> {
  const number = String((fences += 1))
  await page.evaluate((mark) => fetch(`/api/definitions?fence=${mark}`).then(() => undefined), number)
  await expect
    .poll(async () => (await bigv.requests()).some(({ query }) => query['fence'] === number))
    .toBe(true)
}

/** Waits until BigV has received a write whose path ends with `end`. The page shows the action a moment earlier. */
export async function waitForWrite(bigv: ControlClient, end = ''): Promise<void> {
  await expect.poll(async () => (await writes(bigv)).some(({ path }) => path.endsWith(end))).toBe(true)
}

/** Waits for the shutdown signal, then advances BigV's time second by second until the account's first machine is off. */
export async function advanceUntilOff(bigv: ControlClient, account: Account): Promise<void> {
  const { id } = account.machine(0)
  await waitForWrite(bigv, '/signal')
  for (let seconds = 0; seconds < 60; seconds++) {
    await bigv.advance(1_000)
    if (!(await bigv.machine(id)).power_on) return
  }
  throw new Error('The guest did not shut down within a minute.')
}
