import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { NewAccount } from '../simulator/control.ts'
import { expect, test } from './fixtures.ts'
import { open, writes } from './steps.ts'
import { createButton, createPath, fillToReview, next, onStep, openWizard, wholeRequest } from './wizard.ts'

test('a machine is made with one request, and its page says “Creating…” until it is on', async ({
  page,
  account,
  bigv,
}) => {
  await bigv.pauseTime()
  await openWizard(page, account)
  await expect(page).toHaveTitle('Create machine · default · BigV')
  await fillToReview(page, 'web4')
  const before = await page.evaluate(() => history.length)
  await createButton(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'web4' })).toBeVisible()
  await expect(page.getByText('Creating…', { exact: true })).toBeVisible()
  await bigv.advance(120_000)
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  expect(await writes(bigv, account)).toEqual([wholeRequest(account, 'web4')])

  // The machine's page took the place of the form, to which there is no use in going back.
  expect(await page.evaluate(() => history.length)).toBe(before)
})

test('all that can be chosen is sent, in BigV’s units, and shown before with the password hidden', async ({
  page,
  account,
  bigv,
}) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('db-1')
  await page.getByRole('radio', { name: '8 cores' }).check()
  await expect(page.getByLabel('Memory')).toHaveValue('16')
  await page.getByLabel('Cores', { exact: true }).fill('3')
  await expect(page.getByRole('radio', { name: 'Own size' })).toBeChecked()
  await page.getByLabel('Memory').fill('1.3')
  await expect(page.getByLabel('Memory')).toHaveAccessibleDescription(/is sent as 1331 MiB/)
  await page.getByLabel('Hardware profile').selectOption('compatibility2013')
  await page.getByRole('switch', { name: 'Turn it on when it is made' }).uncheck()
  await expect(page.getByText('the machine will start all the same')).toBeVisible()
  await page.getByRole('switch', { name: 'Comes back on after it powers off' }).uncheck()
  await next(page, 'Discs')
  await page.getByRole('button', { name: 'Add disc' }).click()
  const second = page.getByRole('region', { name: 'Disc 2' })
  await expect(second.getByLabel('Label')).toBeFocused()
  await expect(second.getByLabel('Label')).toHaveValue('disc-2')
  await second.getByLabel('Label').fill('logs')
  await second.getByLabel('Size').fill('0.5')
  await second.getByLabel('Storage grade').selectOption('archive')
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'precise' }).check()
  const password = await page
    .getByRole('main')
    .locator('pre')
    .filter({ hasText: /^\w{4}(-\w{4}){4}$/ })
    .innerText()
  await next(page, 'Review')

  const main = page.getByRole('main')
  await expect(main.getByRole('definition').filter({ hasText: '3 cores, 1.3 GiB' })).toBeVisible()
  await expect(main.getByRole('definition').filter({ hasText: 'logs, 512 MiB, archive' })).toBeVisible()
  await expect(main.getByRole('definition').filter({ hasText: 'Ubuntu 12.04' })).toBeVisible()
  const preview = await main.getByRole('region', { name: 'What will be sent' }).locator('pre').innerText()
  await createButton(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'db-1' })).toBeVisible()

  const [sent] = await writes(bigv, account)
  expect(sent).toEqual({
    request: `POST ${createPath(account)}`,
    body: {
      virtual_machine: {
        name: 'db-1',
        cores: 3,
        memory: 1331,
        hardware_profile: 'compatibility2013',
        power_on: false,
        autoreboot_on: false,
      },
      discs: [
        { label: 'disc-1', size: 25600, storage_grade: 'sata' },
        { label: 'logs', size: 512, storage_grade: 'archive' },
      ],
      reimage: { distribution: 'precise', root_password: password },
    },
  })
  expect(preview).toBe(
    `${sent?.request}\n\n${JSON.stringify(sent?.body, null, 2).replace(password, '••••••')}`,
  )
})

test('a machine without discs and system is made bare, from a CD where one is named', async ({
  page,
  account,
  bigv,
}) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('bare')
  await next(page, 'Discs')
  await page.getByRole('button', { name: 'Remove disc 1' }).click()
  await expect(page.getByText('No discs.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add disc' })).toBeFocused()
  await next(page, 'Image')
  await expect(page.getByText('A distribution needs a disc to go on')).toBeVisible()
  await page.getByRole('radio', { name: 'None' }).check()
  await page.getByLabel('URL of the CD').fill('https://example.com/netinst.iso')
  await next(page, 'Review')
  await createButton(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'bare' })).toBeVisible()
  expect(await writes(bigv, account)).toEqual([
    {
      request: `POST /accounts/${account.account}/groups/default/virtual_machines`,
      body: {
        name: 'bare',
        cores: 1,
        memory: 1024,
        cdrom_url: 'https://example.com/netinst.iso',
        power_on: true,
        autoreboot_on: true,
      },
    },
  ])
})

const REFUSED = [
  { field: 'Name', typed: '', says: 'Give the machine a name.' },
  { field: 'Name', typed: '123', says: 'would be taken for an id' },
  { field: 'Name', typed: '..', says: 'cannot be . or ..' },
  { field: 'Name', typed: 'a/b', says: 'cannot contain a slash' },
  { field: 'Cores', typed: '1.5', says: 'A whole number of cores' },
  { field: 'Cores', typed: '0', says: 'at least 1' },
  { field: 'Memory', typed: '', says: 'Say how much memory.' },
  { field: 'Memory', typed: '1,5', says: 'such as 4 or 0.5' },
]

test('what cannot be a name or a size is refused on its field before anything is sent', async ({
  page,
  account,
}) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('web4')
  for (const { field, typed, says } of REFUSED) {
    await test.step(`${field} “${typed}”`, async () => {
      const input = page.getByLabel(field, { exact: true })
      await input.fill(typed)
      await page.getByRole('button', { name: 'Next: discs' }).click()
      await expect(input).toBeFocused()
      await expect(input).toHaveAttribute('aria-invalid', 'true')
      await expect(input).toHaveAccessibleDescription(new RegExp(says.replaceAll('.', String.raw`\.`)))
      await onStep(page, 'Machine')
      await input.fill(field === 'Name' ? 'web4' : '2')
      await expect(input).not.toHaveAttribute('aria-invalid')
    })
  }
  await next(page, 'Discs')
})

const REFUSED_DISCS = [
  { field: 'Label', typed: 'vda', says: 'cannot look like a device' },
  { field: 'Label', typed: '', says: 'Give the disc a label.' },
  { field: 'Label', typed: 'disc-1', says: 'Another disc has this label.' },
  { field: 'Size', typed: '3000', says: 'At most 2048 GiB.' },
  { field: 'Size', typed: '0.04', says: 'At least 50 MiB' },
  { field: 'Size', typed: 'big', says: 'such as 25 or 0.5' },
]

test('what cannot be a disc is refused on its field before anything is sent', async ({ page, account }) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('web4')
  await next(page, 'Discs')
  await page.getByRole('button', { name: 'Add disc' }).click()
  for (const { field, typed, says } of REFUSED_DISCS) {
    await test.step(`${field} “${typed}”`, async () => {
      const input = page.getByRole('region', { name: 'Disc 2' }).getByLabel(field)
      await input.fill(typed)
      await page.getByRole('button', { name: 'Next: image' }).click()
      await expect(input).toBeFocused()
      await expect(input).toHaveAccessibleDescription(new RegExp(says.replaceAll('.', String.raw`\.`)))
      await onStep(page, 'Discs')
      await input.fill(field === 'Size' ? '30' : 'data')
      await expect(input).not.toHaveAttribute('aria-invalid')
    })
  }
  await next(page, 'Image')
})

test('eight discs are the most', async ({ page, account }) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('web4')
  await next(page, 'Discs')
  const add = page.getByRole('button', { name: 'Add disc' })
  for (let disc = 2; disc <= 8; disc++) {
    await add.click()
    await expect(page.getByRole('region', { name: `Disc ${disc}` })).toBeVisible()
  }
  await expect(add).toBeDisabled()
  await expect(add).toHaveAccessibleDescription('A machine has at most 8 discs.')
})

test('an image wants a disc, a distribution and a password; a CD a whole address', async ({
  page,
  account,
}) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('web4')
  await next(page, 'Discs')
  await page.getByRole('button', { name: 'Remove disc 1' }).click()
  await next(page, 'Image')
  const on = page.getByRole('button', { name: 'Next: review' })
  await on.click()
  await expect(page.getByRole('radio', { name: 'A distribution' })).toBeFocused()
  await page.getByRole('button', { name: 'Add a disc' }).click()
  await page.getByRole('button', { name: 'Add disc' }).click()
  await next(page, 'Image')

  await on.click()
  await expect(page.getByText('Choose a distribution.')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'centos-5.8' })).toBeFocused()
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await page.getByRole('radio', { name: 'Typed' }).check()
  await on.click()
  await expect(page.getByLabel('Root password', { exact: true })).toHaveAccessibleDescription(
    'Type a root password.',
  )

  await page.getByRole('radio', { name: 'None' }).check()
  await page.getByLabel('URL of the CD').fill('ftp://example.com/x.iso')
  await on.click()
  await expect(page.getByLabel('URL of the CD')).toBeFocused()
  await expect(page.getByLabel('URL of the CD')).toHaveAccessibleDescription(/begins with http/)
  await page.getByLabel('URL of the CD').clear()
  await next(page, 'Review')
})

test('the step is in the URL: Back and Forward go through the steps and keep what was typed', async ({
  page,
  account,
}) => {
  await openWizard(page, account)
  await fillToReview(page, 'web4')
  await expect(page).toHaveURL(/\?step=review$/)
  await expect(page.getByRole('heading', { level: 2, name: 'Review (step 4 of 4)' })).toBeFocused()
  await page.goBack()
  await onStep(page, 'Image')
  await expect(page.getByRole('radio', { name: 'wheezy' })).toBeChecked()
  await expect(page.getByLabel('Root password', { exact: true })).toHaveValue('s3cret of mine')
  await page.goBack()
  await page.goBack()
  await onStep(page, 'Machine')
  await expect(page.getByLabel('Name')).toHaveValue('web4')
  await page.goForward()
  await onStep(page, 'Discs')
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click()
  await onStep(page, 'Review')
})

test('a link to a later step leads to the first that is incomplete', async ({ page, account }) => {
  await open(page, account)
  // In this tab, as a new one would have to sign in first.
  await page.evaluate(
    (path) => {
      history.pushState(null, '', path)
      dispatchEvent(new PopStateEvent('popstate'))
    },
    `${createPath(account)}?step=review`,
  )
  await onStep(page, 'Machine')
  await expect(page).toHaveURL(/\?step=machine$/)
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click()
  await expect(page.getByLabel('Name')).toBeFocused()
  await expect(page.getByText('Give the machine a name.')).toBeVisible()
})

test('the whole way goes by keyboard alone', async ({ page, account, bigv }) => {
  await openWizard(page, account)
  const press = (key: string) => page.keyboard.press(key)
  await page.getByLabel('Name').focus()
  await press('Tab')
  // Left empty, it says so at once.
  await expect(page.getByText('Give the machine a name.')).toBeVisible()
  await press('Shift+Tab')
  await page.keyboard.type('keys')
  await press('Tab')
  await press('ArrowRight')
  await expect(page.getByRole('radio', { name: '2 cores' })).toBeChecked()
  await press('Tab')
  await expect(page.getByLabel('Cores', { exact: true })).toBeFocused()
  await press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Discs (step' })).toBeFocused()
  await press('Tab')
  await press('Tab')
  await expect(page.getByLabel('Label')).toBeFocused()
  await press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Image (step' })).toBeFocused()
  await press('Tab')
  await expect(page.getByRole('radio', { name: 'A distribution' })).toBeFocused()
  await press('Tab')
  await press('Space')
  await expect(page.getByRole('radio', { name: 'centos-5.8' })).toBeChecked()
  await press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Review (step' })).toBeFocused()
  for (let tabs = 0; tabs < 12; tabs++) {
    if (await createButton(page).evaluate((button) => button === document.activeElement)) break
    await press('Tab')
  }
  await press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'keys' })).toBeVisible()
  expect(await writes(bigv, account)).toMatchObject([
    {
      body: {
        virtual_machine: { name: 'keys', cores: 2, memory: 4096 },
        reimage: { distribution: 'centos-5.8' },
      },
    },
  ])
})

/** Goes through every step, wrong and right, and the question at the end, and looks at each. */
async function visitAll(page: Page, account: NewAccount, look: () => Promise<void>): Promise<void> {
  await openWizard(page, account)
  await page.getByRole('button', { name: 'Next: discs' }).click()
  await expect(page.getByText('Give the machine a name.')).toBeVisible()
  await look()
  await page.getByLabel('Name').fill('web4')
  await next(page, 'Discs')
  await page.getByLabel('Size').fill('3000')
  await page.getByRole('button', { name: 'Next: image' }).click()
  await expect(page.getByText('At most 2048 GiB.')).toBeVisible()
  await look()
  await page.getByLabel('Size').fill('30')
  await next(page, 'Image')
  await expect(page.getByRole('radio', { name: 'wheezy' })).toBeVisible()
  await look()
  await page.getByRole('radio', { name: 'None' }).check()
  await look()
  await next(page, 'Review')
  await look()
  await page.getByRole('button', { name: 'Change machine' }).click()
  await page.getByRole('link', { name: 'Cancel' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await look()
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every step has no accessibility violations, ${colorScheme}`, async ({ page, account }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await visitAll(page, account, async () => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations).toEqual([])
    })
  })
}

test('every step fits a screen of 360 px', async ({ page, account }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await visitAll(page, account, async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })
})
