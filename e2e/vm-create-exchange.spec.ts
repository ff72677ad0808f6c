import { check, DIALOG } from './axe.ts'
import { writes } from './bigv.ts'
import { expect, type Page, test } from './fixtures.ts'
import { storedText } from './secrets.ts'
import { openRowMenu } from './steps/list.ts'
import { button, download, expectPage } from './steps/page.ts'
import { open } from './steps/sign-in.ts'
import {
  createButton,
  createPath,
  next,
  expectStep,
  openMoreOptions,
  openWizard,
  goToReview,
} from './wizard.ts'

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
          { label: 'vda', size: 30720 },
          { label: 'data', size: 51200, storage_grade: 'archive' },
        ],
      },
      { name: 'web10', deleted: true },
    ],
  },
})

const password = (page: Page) => page.getByLabel('Root password', { exact: true })
const script = (page: Page) => page.getByLabel('First-boot script')
const cd = (page: Page) => page.getByLabel('CD image URL')

/** Fills in the steps up to the image with a secret of each kind. */
async function fillWithSecrets(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('web{1..2}')
  await page.getByLabel('Cores', { exact: true }).fill('3')
  await openMoreOptions(page)
  await page.getByLabel('Zone').selectOption('york')
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await page.getByRole('radio', { name: 'Your own' }).check()
  await password(page).fill('r00t-secret')
  await script(page).fill(SCRIPT)
  await cd(page).fill('https://me:cd-secret@example.com/x.iso')
}

test('keeps the draft over a reload, without secrets', async ({ page, account }) => {
  await openWizard(page, account)
  await fillWithSecrets(page)
  const stored = await storedText(page)
  expect(stored.session).toContain('web{1..2}')
  expect(stored.session + stored.elsewhere).not.toContain('secret')

  await page.reload()
  await expect(page.getByText('This is your draft from')).toContainText('scripts weren’t saved')
  await expectStep(page, 'Image')
  await expect(password(page)).toHaveValue('')
  await expect(script(page)).toHaveValue('')
  await expect(cd(page)).toHaveValue('https://example.com/x.iso')

  // The script is stored if the user wants that.
  await script(page).fill(SCRIPT)
  await page.getByRole('checkbox', { name: 'Store the script in this tab' }).check()
  await page.reload()
  await expect(script(page)).toHaveValue(SCRIPT)
})

test('exports the form as JSON and as a link, without secrets @long', async ({ page, account }) => {
  await openWizard(page, account)
  await fillWithSecrets(page)
  await next(page, 'Discs')
  await page.getByLabel('Size').fill('40')
  await next(page, 'Review')
  await page.getByRole('button', { name: 'Share…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share this form' })
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
  await check(page, 'the Share dialog', DIALOG)
  await dialog.getByRole('checkbox', { name: 'Include the first-boot script' }).check()
  const [sameLink = '', withScript = ''] = await dialog.locator('pre').allInnerTexts()
  expect(sameLink).toBe(link)
  expect(JSON.parse(withScript)).toEqual({
    ...bundle,
    reimage: { distribution: 'wheezy', firstboot_script: SCRIPT },
  })
  const file = await download(page, () => dialog.getByRole('button', { name: 'Download JSON' }).click())
  expect(file.name).toBe('web-1..2.json')
})

test('fills in the form from a link without secrets, and can restore the draft', async ({
  page,
  account,
}) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('typed before')
  const query = 'name=web%7B1..2%7D&zone_name=york&root_password=l1nk-secret&colour=red'
  await page.goto(`${createPath(account)}?${query}`)
  const notice = page.getByRole('status').filter({ hasText: 'Filled in from a link' })
  await expect(notice.getByRole('listitem')).toContainText([
    /root_password Secrets aren’t taken from links/,
    /colour/,
  ])
  await expect(page).toHaveURL(`${createPath(account)}?step=machine`)
  await expect(page.getByLabel('Zone')).toHaveValue('york')
  await expect(page.getByLabel('Name')).toHaveValue('web{1..2}')
  await notice.getByRole('button', { name: /^Use your draft from/ }).click()
  await expect(page.getByLabel('Name')).toHaveValue('typed before')
})

test('imports JSON from a file, except for secrets and values that BigV doesn’t offer @long', async ({
  page,
  account,
  bigv,
}) => {
  await openWizard(page, account)
  await page.getByRole('button', { name: 'Import JSON' }).click()
  const importDialog = page.getByRole('dialog', { name: 'Import JSON' })
  await importDialog.getByLabel('JSON', { exact: true }).fill('{"virtual')
  await expect(importDialog.getByLabel('JSON', { exact: true })).toHaveAccessibleDescription(/Not valid JSON/)
  await expect(importDialog.getByRole('button', { name: 'Fill in the form' })).toBeDisabled()
  const hostile = `{"__proto__": {"name": "x"}, "virtual_machine": {"name": "solo", "cores": "many", "memory": 2048, "autoreboot_on": true},
    "discs": [{"label": "a", "size": 51200, "storage_grade": "tape"}], "reimage": {"distribution": "precise", "root_password": "f1le-secret"}}`
  await importDialog
    .getByLabel('Or choose a file')
    .setInputFiles({ name: 'solo.json', mimeType: 'application/json', buffer: Buffer.from(hostile) })
  await expect(importDialog.getByRole('listitem')).toContainText([
    'virtual_machine.cores Invalid value: "many".',
    'discs.0.storage_grade BigV doesn’t offer "tape".',
    'reimage.root_password Passwords aren’t imported.',
  ])
  await check(page, 'the Import JSON dialog', DIALOG)
  await importDialog.getByRole('button', { name: 'Fill in the form' }).click()
  await expectStep(page, 'Machine')
  await expect(page.getByLabel('Name')).toHaveValue('solo')
  await goToReview(page)
  await createButton(page).click()
  await expectPage(page, 'solo')
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

test('duplicates a machine from its page and from its menu', async ({ page, account, bigv }) => {
  await open(page, account)
  await openRowMenu(page, 'web09')
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(page.getByText('Copied from web09.')).toBeVisible()
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'web09' }).click()
  await button(page, 'More actions').click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(page.getByText('Copied from web09.')).toBeVisible()
  await expect(
    page.getByText('A new disc can’t have the label “vda”, so the copy’s disc is called disc-1.'),
  ).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('web11')
  await goToReview(page)
  await createButton(page).click()
  await expectPage(page, 'web11')
  await expect
    .poll(() => writes(bigv))
    .toMatchObject([
      {
        method: 'POST',
        path: createPath(account),
        body: {
          virtual_machine: { name: 'web11', cores: 2, memory: 4096, power_on: true },
          discs: [
            { label: 'disc-1', size: 30720, storage_grade: 'sata' },
            { label: 'data', size: 51200, storage_grade: 'archive' },
          ],
          reimage: { distribution: 'wheezy' },
        },
      },
    ])
})
