import type { Page } from '@playwright/test'
import type { NewAccount } from '../simulator/control/client.ts'
import { expect, test } from './fixtures.ts'
import { fillSignIn, listPath, row, storedText, writes } from './steps.ts'
import { createButton, createPath, next, onStep } from './wizard.ts'

const SCRIPT = '#!/bin/sh\necho scr1pt-secret\n'

test.use({
  wanted: {
    machines: [
      {
        name: 'web09',
        power_on: true,
        cores: 2,
        memory: 4096,
        discs: [
          { label: 'root', size: 30720 },
          { label: 'data', size: 51200, storage_grade: 'archive' },
        ],
      },
    ],
  },
})

/** Signs in so that a reload of the page does not end it. */
async function openRemembered(page: Page, account: NewAccount, path: string): Promise<void> {
  await page.goto(path)
  await page.getByLabel('Remember in this tab').check()
  await fillSignIn(page, account)
  await onStep(page, 'Machine')
}

async function toReview(page: Page): Promise<void> {
  for (const step of ['Discs', 'Image', 'Review']) await next(page, step)
}

test('what is typed outlasts a reload, without secrets; exported, imported and linked it comes back, without them, too', async ({
  page,
  account,
  bigv,
}) => {
  test.slow()
  await openRemembered(page, account, createPath(account))
  await page.getByLabel('Name').fill('web{1..2}')
  await page.getByLabel('Cores', { exact: true }).fill('3')
  await page.getByLabel('Zone').selectOption('york')
  await next(page, 'Discs')
  await page.getByLabel('Size').fill('40')
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await page.getByRole('radio', { name: 'Typed' }).check()
  await page.getByLabel('Root password', { exact: true }).fill('r00t-secret')
  await page.getByLabel('First-boot script').fill(SCRIPT)
  await page.getByLabel('URL of the CD').fill('https://me:cd-secret@example.com/x.iso')
  const stored = await storedText(page)
  expect(stored.session).toContain('web{1..2}')
  expect(stored.session + stored.elsewhere).not.toContain('secret')

  await page.reload()
  await expect(page.getByText('This is what you typed before')).toContainText('scripts were not kept')
  await onStep(page, 'Image')
  await expect(page.getByLabel('Root password', { exact: true })).toHaveValue('')
  await expect(page.getByLabel('First-boot script')).toHaveValue('')
  await expect(page.getByLabel('URL of the CD')).toHaveValue('https://example.com/x.iso')
  await page.getByLabel('Root password', { exact: true }).fill('r00t-secret')
  await page.getByLabel('First-boot script').fill(SCRIPT)
  await page.getByRole('checkbox', { name: 'Keep the script in this tab, too' }).check()
  await page.reload()
  await expect(page.getByLabel('First-boot script')).toHaveValue(SCRIPT)
  await page.getByLabel('Root password', { exact: true }).fill('r00t-secret')
  await page.getByLabel('URL of the CD').fill('https://me:cd-secret@example.com/x.iso')
  await next(page, 'Review')

  await page.getByRole('button', { name: 'Export JSON, or a link' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export what is filled in' })
  const [link = '', json = ''] = await dialog.locator('pre').allInnerTexts()
  expect(`${link} ${json}`).not.toContain('secret')
  const bundle = {
    virtual_machine: {
      name: 'web{1..2}',
      cores: 3,
      memory: 1024,
      zone_name: 'york',
      cdrom_url: 'https://example.com/x.iso',
      power_on: true,
      autoreboot_on: true,
    },
    discs: [{ label: 'disc-1', size: 40960, storage_grade: 'sata' }],
    reimage: { distribution: 'wheezy' },
  }
  expect(JSON.parse(json)).toEqual(bundle)
  await dialog.getByRole('checkbox', { name: 'With the first-boot script' }).check()
  const [same = '', whole = ''] = await dialog.locator('pre').allInnerTexts()
  expect(same).toBe(link)
  expect(JSON.parse(whole)).toEqual({
    ...bundle,
    reimage: { distribution: 'wheezy', firstboot_script: SCRIPT },
  })
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download JSON' }).click()
  expect((await download).suggestedFilename()).toBe('web-1..2.json')
  await dialog.getByRole('button', { name: 'Close' }).first().click()

  // The link, with more than it should have.
  await page.goto(`${link}&root_password=l1nk-secret&colour=red`)
  const said = page.getByRole('status').filter({ hasText: 'It is filled in from a link' })
  await expect(said.getByRole('listitem')).toContainText([/root_password It is a secret/, /colour/])
  await expect(page).toHaveURL(`${createPath(account)}?step=machine`)
  await expect(page.getByLabel('Zone')).toHaveValue('york')
  await expect(page.getByLabel('Name')).toHaveValue('web{1..2}')
  // What was typed before is not lost by that.
  await said.getByRole('button', { name: /^Take what you typed at/ }).click()
  await next(page, 'Discs')
  await next(page, 'Image')
  await expect(page.getByLabel('First-boot script')).toHaveValue(SCRIPT)

  await page.getByRole('button', { name: 'Import JSON' }).click()
  const imported = page.getByRole('dialog', { name: 'Import a bundle' })
  await imported.getByLabel('JSON', { exact: true }).fill('{"virtual')
  await expect(imported.getByLabel('JSON', { exact: true })).toHaveAccessibleDescription(/It is not JSON/)
  await expect(imported.getByRole('button', { name: 'Fill in the form' })).toBeDisabled()
  const hostile = `{"__proto__": {"name": "x"}, "virtual_machine": {"name": "solo", "cores": "many", "memory": 2048, "autoreboot_on": true},
    "discs": [{"label": "a", "size": 51200, "storage_grade": "tape"}], "reimage": {"distribution": "precise", "root_password": "f1le-secret"}}`
  await imported
    .getByLabel('Or a file')
    .setInputFiles({ name: 'solo.json', mimeType: 'application/json', buffer: Buffer.from(hostile) })
  await expect(imported.getByRole('listitem')).toContainText([
    'virtual_machine.cores It cannot be "many".',
    'discs.0.storage_grade BigV does not offer "tape".',
    'reimage.root_password A password is not taken from elsewhere.',
  ])
  await imported.getByRole('button', { name: 'Fill in the form' }).click()
  await onStep(page, 'Machine')
  await expect(page.getByLabel('Name')).toHaveValue('solo')
  await toReview(page)
  await createButton(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'solo' })).toBeVisible()
  const [sent] = await writes(bigv)
  expect(sent).toMatchObject({
    body: {
      virtual_machine: { name: 'solo', cores: 1, memory: 2048, power_on: false, autoreboot_on: true },
      discs: [{ label: 'a', size: 51200, storage_grade: 'sata' }],
      reimage: { distribution: 'precise' },
    },
  })
  expect(JSON.stringify(sent)).not.toContain('secret')
})

test('a machine is duplicated from its page and from its menu', async ({ page, account, bigv }) => {
  await page.goto(listPath(account))
  await fillSignIn(page, account)
  await row(page, 'web09').getByRole('button', { name: 'Actions for web09' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(page.getByText('It is a copy of web09.')).toBeVisible()
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'web09' }).click()
  await page.getByRole('main').getByRole('link', { name: 'Duplicate' }).click()
  await expect(page.getByText('It is a copy of web09.')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('web10')
  await toReview(page)
  await createButton(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'web10' })).toBeVisible()
  await expect
    .poll(() => writes(bigv))
    .toMatchObject([
      {
        request: `POST ${createPath(account)}`,
        body: {
          virtual_machine: { name: 'web10', cores: 2, memory: 4096, power_on: true },
          discs: [
            { label: 'root', size: 30720, storage_grade: 'sata' },
            { label: 'data', size: 51200, storage_grade: 'archive' },
          ],
          reimage: { distribution: 'wheezy' },
        },
      },
    ])
})
