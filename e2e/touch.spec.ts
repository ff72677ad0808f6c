import type { Locator } from '@playwright/test'
import { listPath } from './account.ts'
import { BIDI_CHANNEL } from './firefox.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { batchProgress, box, row, searchBox, selectionBar } from './steps/list.ts'
import { button, dialogNamed, pageHeading, toast } from './steps/page.ts'
import { passwordField, signInButton } from './steps/sign-in.ts'
import { createButton, expectStep } from './wizard.ts'

// The main job on a phone. Only `tap` and typing are used: a tap fails if anything covers its target.

// Over BiDi, Firefox follows a tap by neither the focus nor the click that a finger causes.
test.skip(({ channel }) => channel === BIDI_CHANNEL, 'Firefox can’t be tapped over BiDi')

test.use({
  hasTouch: true,
  viewport: { width: 390, height: 844 },
  wanted: {
    machines: ['www1', 'www2', 'www3'].map((name) => ({ name, power_on: true, autoreboot_on: true })),
  },
})

/** The fields with a font below 16 px, at which iOS zooms the page. */
function smallFields(page: Page): Promise<string[]> {
  return page.locator('input, select, textarea').evaluateAll((fields) =>
    fields.flatMap((field) => {
      const { fontSize } = getComputedStyle(field)
      return Number.parseFloat(fontSize) < 16 ? `${field.outerHTML}: ${fontSize}` : []
    }),
  )
}

/** Taps a field and types into it. */
async function type(field: Locator, text: string): Promise<void> {
  await field.tap()
  await expect(field).toBeFocused()
  await field.pressSequentially(text)
}

test('finds, stops, starts and creates machines on a phone by touch alone', async ({
  page,
  account,
  bigv,
}) => {
  const { path } = account.machine('www1')
  const state = (word: string) => page.getByRole('main').getByText(word, { exact: true }).first()

  await test.step('signs in', async () => {
    await page.goto('/sign-in')
    await type(page.getByLabel('Account'), account.account)
    await type(page.getByLabel('Username'), account.username)
    await type(passwordField(page), account.password)
    await signInButton(page).tap()
    await expect(page).toHaveURL(listPath(account))
  })

  await test.step('finds a machine and opens it', async () => {
    await type(searchBox(page), 'www1')
    await expect(row(page, 'www2')).toBeHidden()
    await row(page, 'www1').getByRole('link').tap()
    await expect(pageHeading(page)).toHaveText('www1')
  })

  await test.step('turns it off and on again', async () => {
    await button(page, LABELS.shutDown).tap()
    const dialog = dialogNamed(page, `${LABELS.shutDown} www1?`)
    await button(dialog, LABELS.shutDown).tap()
    await expect(state('Stopped')).toBeVisible()
    await expect(toast(page, 'www1 has shut down')).toBeVisible()
    await button(page, LABELS.start).tap()
    await expect(state('Running')).toBeVisible()
  })

  await test.step('sends it a signal', async () => {
    await page.getByRole('link', { name: 'Keys', exact: true }).tap()
    await button(page, 'Ctrl+Alt+Del').tap()
    await button(dialogNamed(page), 'Send').tap()
    await expect(page.getByText(/^Ctrl\+Alt\+Del sent at/)).toBeVisible()
  })

  await test.step('creates another', async () => {
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'default' }).tap()
    await page.getByRole('link', { name: 'Create machine' }).tap()
    await expectStep(page, 'Machine')
    await type(page.getByLabel('Name'), 'www4')
    await button(page, 'Next: image').tap()
    await expectStep(page, 'Image')
    await expect(page.getByLabel('First-boot script')).toBeVisible()
    expect(await smallFields(page)).toEqual([])
    await page.getByRole('radio', { name: 'wheezy' }).tap()
    await button(page, 'Next: discs').tap()
    await expectStep(page, 'Discs')
    await button(page, 'Next: review').tap()
    await expectStep(page, 'Review')
    await expect(createButton(page)).toBeInViewport({ ratio: 1 })
    await expect(page.getByText('Debian 7', { exact: true }).last()).toBeInViewport({ ratio: 1 })
    await createButton(page).tap()
    await expect(pageHeading(page)).toHaveText('www4')
    await expect(state('Running')).toBeVisible()
  })

  await test.step('force stops several, and signs out', async () => {
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'default' }).tap()
    await box(page, 'www2').tap()
    await box(page, 'www3').tap()
    await button(selectionBar(page), 'More').tap()
    await page.getByRole('menuitem', { name: 'Force stop…' }).tap()
    await type(dialogNamed(page).getByRole('textbox').last(), '2')
    await button(dialogNamed(page), 'Force stop 2 machines').tap()
    await expect(batchProgress(page)).toHaveText(/2\/2/)
    await expect(row(page, 'www3')).toContainText('Stopped')
    await page.getByRole('button', { name: /^Settings of/ }).tap()
    await page.getByRole('menuitem', { name: 'Sign out' }).tap()
    await expect(page).toHaveURL(/\/sign-in/)
  })

  await expect(bigv).toHaveReceived([
    { method: 'PUT', path },
    { method: 'POST', path: `${path}/signal` },
    { method: 'PUT', path },
    { method: 'POST', path: `${path}/signal` },
    { method: 'POST' },
    { method: 'PUT', path: account.machine('www2').path },
    { method: 'PUT', path: account.machine('www3').path },
  ])
})
