import { writes } from './bigv.ts'
import { expect, test } from './fixtures.ts'
import { expectPage } from './steps/page.ts'
import { open } from './steps/sign-in.ts'
import { createButton, createPath, fillToReview, expectStep, openWizard } from './wizard.ts'

test('goes through the steps with Back and Forward and keeps the input', async ({ page, account }) => {
  await openWizard(page, account)
  await fillToReview(page, 'web4')
  await expect(page).toHaveURL(/\?step=review$/)
  await expect(page.getByRole('heading', { level: 2, name: 'Review (step 4 of 4)' })).toBeFocused()
  await page.goBack()
  await page.goBack()
  await expectStep(page, 'Image')
  await expect(page.getByRole('radio', { name: 'wheezy' })).toBeChecked()
  await expect(page.getByLabel('Root password', { exact: true })).toHaveValue('s3cret of mine')
  await page.goBack()
  await expectStep(page, 'Machine')
  await expect(page.getByLabel('Name')).toHaveValue('web4')
  await page.goForward()
  await expectStep(page, 'Image')
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click()
  await expectStep(page, 'Review')
})

test('opens the first incomplete step from a link to a later one @long', async ({ page, account }) => {
  await open(page, account)
  // Without a reload, after which the user would have to sign in first.
  await page.evaluate(
    (path) => {
      history.pushState(null, '', path)
      dispatchEvent(new PopStateEvent('popstate'))
    },
    `${createPath(account)}?step=review`,
  )
  await expectStep(page, 'Machine')
  await expect(page).toHaveURL(/\?step=machine$/)
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click()
  await expect(page.getByLabel('Name')).toBeFocused()
  await expect(page.getByText('Enter a name.')).toBeVisible()
})

test('creates a machine by keyboard alone', async ({ page, account, bigv }) => {
  await openWizard(page, account)
  const press = (key: string) => page.keyboard.press(key)
  await page.getByLabel('Name').focus()
  await press('Tab')
  // An empty field shows its error when it loses focus.
  await expect(page.getByText('Enter a name.')).toBeVisible()
  await press('Shift+Tab')
  await page.keyboard.type('keys')
  await press('Tab')
  await press('ArrowRight')
  await expect(page.getByRole('radio', { name: '2 cores' })).toBeChecked()
  await press('Tab')
  await expect(page.getByLabel('Cores', { exact: true })).toBeFocused()
  await press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Image (step' })).toBeFocused()
  await press('Tab')
  await expect(page.getByRole('radio', { name: 'A distribution' })).toBeFocused()
  await press('Tab')
  await expect(page.getByRole('searchbox', { name: 'Search distributions' })).toBeFocused()
  await press('Tab')
  await press('Space')
  await expect(page.getByRole('radio', { name: 'centos-5.8' })).toBeChecked()
  await press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Discs (step' })).toBeFocused()
  for (const control of ['Move disc 1 up', 'Move disc 1 down', 'Remove disc 1', 'Label']) {
    await press('Tab')
    await expect(page.getByLabel(control)).toBeFocused()
  }
  await press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Review (step' })).toBeFocused()
  for (let tabs = 0; tabs < 16; tabs++) {
    if (await createButton(page).evaluate((button) => button === document.activeElement)) break
    await press('Tab')
  }
  await press('Enter')
  await expectPage(page, 'keys')
  expect(await writes(bigv)).toMatchObject([
    {
      method: 'POST',
      body: {
        virtual_machine: { name: 'keys', cores: 2, memory: 4096 },
        reimage: { distribution: 'centos-5.8' },
      },
    },
  ])
})
