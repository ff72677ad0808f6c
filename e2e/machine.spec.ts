import type { Locator } from '@playwright/test'
import { listPath } from './account.ts'
import { check } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { row } from './steps/list.ts'
import { button, card, confirm, dialogNamed, expectPage, expectPageWidth, press } from './steps/page.ts'
import { open, openMachine } from './steps/sign-in.ts'

// The shape of a machine's page. What its actions and tabs do is in other specs.

test.use({
  frozen: true,
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'off1', power_on: false, autoreboot_on: false, discs: [{ label: 'root', size: 25_600 }] },
    ],
  },
})

const top = async (element: Locator) => (await element.boundingBox())?.y ?? Infinity

test('begins its content in the upper third, which stays there when a notice appears', async ({
  page,
  account,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await openMachine(page, account, 'www1')
  const content = card(page, 'Connect')
  await expect(content).toBeVisible()
  expect(await top(content)).toBeLessThanOrEqual(260)
  const before = await top(content)
  await confirm(page, LABELS.shutDown, 'www1')
  await expect(page.getByText(/overdue after 2 min/)).toBeVisible()
  expect(await top(content)).toBe(before)
})

test('shows the ways to connect, and whether the user’s key is on BigV', async ({ page, account, bigv }) => {
  await openMachine(page, account, 'www1')
  const connect = card(page, 'Connect')
  await expect(connect).toContainText(/ssh root@\d+\.\d+\.\d+\.\d+/)
  await expect(connect).toContainText(`ssh ${account.username}@`)
  await expect(connect).toContainText(/ssh -L 9999:([\d.]+):5900 \w+@\1/)
  await expect(connect).toContainText('vnc://localhost:9999')
  await expect(connect).toContainText('None on BigV')
  // The user is fetched once, not with every machine.
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Overview' }).last().click()
  await expect(connect).toContainText('None on BigV')
  const users = (await bigv.requests()).filter(({ path }) => path.startsWith('/users/'))
  expect(users).toHaveLength(1)
})

test('shows the header at once from the list, and re-images from the header', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(row(page, 'off1')).toBeVisible()
  await bigv.addFault({
    kind: 'hang',
    match: { path: 'virtual_machines/', account: account.account },
    times: 1,
  })
  await row(page, 'off1').getByRole('link').click()
  await expectPage(page, 'off1')
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Loading the machine…' })).toBeAttached()
  await check(page, 'a machine that is being fetched', 'main')
  await press(page, LABELS.reimage)
  await expect(dialogNamed(page, 'Re-image off1?')).toBeVisible()
})

test('has its actions in a bar at the bottom of a phone', async ({ page, account }) => {
  await page.setViewportSize({ width: 360, height: 780 })
  await open(page, account, `${listPath(account)}/off1`)
  const bar = page.getByRole('group', { name: 'Actions' })
  await expect(bar.getByRole('button')).toHaveText(['Start', 'Power', ''])
  const { y = 0, height = 0 } = (await bar.boundingBox()) ?? {}
  expect(Math.round(y + height)).toBe(780)
  await button(bar, 'Power').click()
  await expect(page.getByRole('menuitem', { name: LABELS.reset })).toHaveAccessibleDescription('Not running.')
  await page.keyboard.press('Escape')
  await expectPageWidth(page, 360)
  await check(page, 'a machine on a phone')
})
