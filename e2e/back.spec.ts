import type { Locator } from '@playwright/test'
import { listPath } from './account.ts'
import { expect, test } from './fixtures.ts'
import { machineLinks } from './steps/list.ts'
import { dialogNamed, expectPage, openActivity } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

test.use({ wanted: { machines: [{ name: 'www1', power_on: true }] } })

test('the browser’s Back closes the topmost menu or dialog and stays on the page', async ({
  page,
  account,
}) => {
  await open(page, account)
  await machineLinks(page).first().click()
  await expectPage(page, 'www1')
  const here = page.url()

  const layers: readonly [name: string, layer: Locator, open: () => Promise<unknown>][] = [
    ['a menu', page.getByRole('menu'), () => page.getByRole('button', { name: /^Settings of/ }).click()],
    ['the palette', page.getByRole('dialog'), () => page.keyboard.press('Control+k')],
    ['the activity drawer', page.getByRole('dialog'), () => openActivity(page)],
    ['a dialog', dialogNamed(page), () => page.getByRole('button', { name: 'Shut down' }).first().click()],
  ]
  for (const [name, layer, openLayer] of layers) {
    await test.step(name, async () => {
      await openLayer()
      await expect(layer).toBeVisible()
      await page.goBack()
      await expect(layer).toBeHidden()
      // The browser goes back, and the router forward again.
      await expect(page).toHaveURL(here)
    })
  }

  await page.goBack()
  await expect(page).toHaveURL(listPath(account))
})
