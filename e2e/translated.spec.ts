import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { box, openRowMenu, row, searchBox, selectionBar } from './steps/list.ts'
import {
  button,
  card,
  confirm,
  dialogNamed,
  expectPage,
  groupLink,
  pageHeading,
  refresh,
  saveButton,
  toast,
} from './steps/page.ts'
import { chooseInPalette } from './steps/palette.ts'
import { advanceUntilOff } from './steps/received.ts'
import { open, openMachine } from './steps/sign-in.ts'
import { createButton, fillToReview } from './wizard.ts'

// Browsers translate a page by replacing each text node by <font> elements. React keeps the text node, which is no longer in the page.

test.use({
  frozen: true,
  wanted: {
    groups: ['spare'],
    machines: [
      { name: 'off1', power_on: false, autoreboot_on: false, discs: [{ label: 'root', size: 10_240 }] },
      { name: 'www1', power_on: true, autoreboot_on: true },
    ],
  },
})

/** Translates what the page shows, now and after each change, as browsers do. The words stay, so that tests find them. */
function translatePage() {
  const untouched = 'font, script, style, textarea, title, [translate="no"]'
  const translate = () => {
    const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
    const found: Text[] = []
    while (texts.nextNode()) found.push(texts.currentNode as Text)
    for (const text of found) {
      if (!/\S/.test(text.data) || text.parentElement?.closest(untouched) !== null) continue
      const [outer, inner] = [document.createElement('font'), document.createElement('font')]
      inner.textContent = text.data
      outer.append(inner)
      text.replaceWith(outer)
    }
  }
  new MutationObserver(translate).observe(document, { childList: true, characterData: true, subtree: true })
}

/** Opens a dialog with a button, waits for a text in it, and closes it. */
async function openAndClose(page: Page, name: string, text: string) {
  await button(page.getByRole('main'), name).first().click()
  await expect(dialogNamed(page)).toContainText(text)
  await page.keyboard.press('Escape')
  await expect(dialogNamed(page)).toBeHidden()
}

test.beforeEach(({ page }) => page.addInitScript(translatePage))

test('runs actions on a page translated by the browser, and keeps its texts up to date', async ({
  page,
  account,
  bigv,
}) => {
  const main = page.getByRole('main')
  const expectState = (text: string) => expect(main.getByText(text, { exact: true }).first()).toBeVisible()
  const running = page.getByRole('banner').getByRole('button', { name: / in progress$/ })
  await openMachine(page, account, 'off1')
  await expect(page.getByRole('link', { name: 'Overview' }).first().locator('font')).not.toHaveCount(0)
  await expectState('Stopped')
  await button(page, LABELS.start).click()
  await expectState('Starting…')
  await expect(running).toHaveText('1in progress')
  await bigv.advance(60_000)
  await expectState('Running')
  await expect(toast(page, 'off1 is running')).toBeVisible()
  await confirm(page, LABELS.shutDown, 'off1')
  await expectState('Shutting down…')
  await advanceUntilOff(bigv, account)
  await expectState('Stopped')
  await expect(running).toBeHidden()

  await main.getByRole('link', { name: 'Settings', exact: true }).click()
  await card(page, 'Name and group').getByLabel('Name').fill('off2')
  await saveButton(page, 'Name and group').click()
  await expectPage(page, 'off2')
  await main.getByRole('link', { name: 'Discs', exact: true }).click()
  await button(main, 'Add disc').click()
  await button(dialogNamed(page), 'Add disc').click()
  await expect(main.getByText('2 of 8 discs')).toBeVisible()
  await main.getByRole('link', { name: 'Overview', exact: true }).click()
  await bigv.setMachine(account.machine('off1').id, { cores: 3 })
  await refresh(page)
  await expect(main.getByText('1 → 3')).toBeVisible()
})

test('searches, fills in forms and opens every page while the browser translates them @long', async ({
  page,
  account,
  bigv,
}) => {
  const main = page.getByRole('main')
  const path = `/accounts/${account.account}`
  await test.step('the list', async () => {
    await open(page, account)
    await expect(row(page, 'www1')).toContainText('Running')
    await bigv.setMachine(account.machine('www1').id, { power_on: false, autoreboot_on: false })
    await refresh(page)
    await expect(row(page, 'www1')).toContainText('Stopped')
    await searchBox(page).fill('off')
    await expect(row(page, 'www1')).toBeHidden()
    await searchBox(page).fill('')
    await box(page, 'www1').check()
    await expect(selectionBar(page)).toContainText('1 selected')
    await box(page, 'off1').check()
    await expect(selectionBar(page)).toContainText('2 selected')
    await box(page, 'www1').uncheck()
    await expect(selectionBar(page)).toContainText('1 selected')
    await expect(await openRowMenu(page, 'www1')).toContainText(LABELS.start)
    await page.keyboard.press('Escape')
  })

  await test.step('the palette and the tabs of a machine, with their dialogs', async () => {
    await chooseInPalette(page, 'www1', 'Discs')
    await openAndClose(page, 'Add disc', 'Storage grade')
    for (const [tab, button, text] of [
      ['Network', 'Request addresses', 'IPv4'],
      ['Access', 'Grant privilege', 'Level'],
    ] as const) {
      await main.getByRole('link', { name: tab, exact: true }).click()
      await openAndClose(page, button, text)
    }
    await main.getByRole('link', { name: 'Keys', exact: true }).click()
    await expect(main.getByRole('group', { name: 'How to enter keys' })).toBeVisible()
  })

  await test.step('every other page still works after a translation', async () => {
    for (const [address, heading] of [
      [path, account.account],
      [`${path}/virtual_machines`, 'All machines'],
      [`${path}/privileges`, `Access to ${account.account}`],
      ['/privileges', 'Your access'],
      ['/keys', 'SSH keys'],
      ['/platform', 'Platform'],
      ['/activity', 'Activity'],
      ['/nothing-here', 'Page not found'],
    ] as const) {
      await page.evaluate((to) => {
        history.pushState(null, '', to)
        dispatchEvent(new PopStateEvent('popstate'))
      }, address)
      await expect(pageHeading(page)).toContainText(heading)
      await expect(page.getByText(/Loading/)).toHaveCount(0)
    }
  })

  await test.step('the wizard, which creates a machine', async () => {
    await groupLink(page, 'default').click()
    await main.getByRole('link', { name: 'Create machine' }).click()
    await fillToReview(page, 'web1')
    await createButton(page).click()
    await expectPage(page, 'web1')
    await expect(main.getByText('Creating…', { exact: true }).first()).toBeVisible()
    await bigv.advance(600_000)
    await expect(main.getByText('Running', { exact: true }).first()).toBeVisible()
  })
})
