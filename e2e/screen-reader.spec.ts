import type { Locator } from '@playwright/test'
import { pagesOf } from '../src/testing/pages.ts'
import { listPath, withLookUps } from './account.ts'
import { test as base, expect, type Page } from './fixtures.ts'
import { LABELS } from './labels.ts'
import {
  batchPanel,
  batchProgress,
  chooseBulk,
  chooseInView,
  row,
  searchBox,
  selectAll,
  selectionBar,
} from './steps/list.ts'
import {
  button,
  card,
  confirm,
  dialogNamed,
  openActivity,
  pageHeading,
  refresh,
  toast,
  updated,
  actionOf,
} from './steps/page.ts'
import { openPalette, openPaletteFor } from './steps/palette.ts'
import { open, signInAgainDialog } from './steps/sign-in.ts'
import { fillToReview, next, PUBLIC_KEY } from './wizard.ts'

// Tests what screen readers find when they read: the accessibility tree of every page, dialog and menu, in screen-reader.spec.ts-snapshots.
// After a change, run with --update-snapshots and read the difference aloud. announcements.spec.ts tests what they say unasked.

/** The same account, with the same ids and times, in every run. */
const test = base.extend({
  account: async ({ bigv, page }, use) => {
    await bigv.reset({ machines: 0 })
    await bigv.pauseTime()
    await page.clock.setFixedTime('2026-03-01T14:03:22Z')
    const account = await bigv.createAccount({
      name: 'example',
      groups: ['staging'],
      machines: [
        {
          name: 'web1',
          power_on: true,
          autoreboot_on: true,
          cores: 2,
          memory: 2048,
        },
        {
          name: 'web2',
          discs: [
            { label: 'root', size: 25600 },
            { label: 'store', size: 51200, storage_grade: 'archive' },
          ],
        },
        { name: 'web3', power_on: true, autoreboot_on: false, hardware_profile_locked: true },
        { name: 'old1', deleted: true },
      ],
    })
    await use(withLookUps(account))
  },
})

/**
 * Compares a tree with its snapshot, until they are equal. Not with `toMatchAriaSnapshot`: it writes patterns in place of numbers, leaves
 * out some texts, and by default ignores what a snapshot lacks.
 */
async function expectTree(of: Locator, name: string): Promise<void> {
  await test.step(name, () =>
    expect(async () => {
      const tree = (await of.ariaSnapshot())
        .replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '$1:PORT')
        .replaceAll(/\b\w{4}(-\w{4}){4}\b/g, 'GENERATED PASSWORD')
      expect(`${tree}\n`).toMatchSnapshot(`${name.replaceAll(' ', '-').toLowerCase()}.yml`)
    }).toPass({ timeout: 15_000 }),
  )
}

/** Opens a page by its name, and waits until it is loaded. */
async function goTo(page: Page, path: string): Promise<void> {
  // Waits until everything has loaded, or --update-snapshots would write the tree of a page that is still loading.
  await page.goto(path, { waitUntil: 'networkidle' })
  await expect(pageHeading(page)).toBeVisible()
}

/** How to open a dialog on a page. */
type Dialogs = Record<string, (page: Page) => Promise<unknown>>

/** Opens each dialog of a page, compares it, and closes it. */
async function expectDialogs(page: Page, dialogs: Dialogs): Promise<void> {
  for (const [name, openDialog] of Object.entries(dialogs)) {
    await openDialog(page)
    await expectTree(dialogNamed(page), `dialog ${name}`)
    // When an alert opens, only its title and description are read out. Trees have no descriptions.
    const isAlert = await page.getByRole('alertdialog').isVisible()
    if (isAlert) await expect(dialogNamed(page)).toHaveAccessibleDescription(/./)
    await page.keyboard.press('Escape')
    await expect(dialogNamed(page)).toBeHidden()
  }
}

/** Opens each menu of a page by its button, compares it, and closes it. */
async function expectMenus(page: Page, menus: Record<string, Locator>): Promise<void> {
  for (const [name, trigger] of Object.entries(menus)) {
    await trigger.click()
    await expectTree(page.getByRole('menu'), `menu ${name}`)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
  }
}

/** Chooses an action from the menu for the selected machines. */
async function chooseForSelected(page: Page, label: string): Promise<void> {
  await chooseBulk(page, label)
}

const press = (name: string | RegExp) => (page: Page) => button(page, name).first().click()

test('keeps the accessibility tree of every page outside a machine @long', async ({ page, account }) => {
  const pages = pagesOf(account.account, account.machine('web1'))
  await goTo(page, pages['sign in'])
  await expectTree(page.locator('body'), 'page sign in')
  await open(page, account)
  await expect(row(page, 'web1')).toBeVisible()
  await expectTree(page.locator('body'), 'page machines')
  for (const name of [
    'account',
    'all machines',
    'machines sorted',
    'deleted machines',
    'account privileges',
    'group privileges',
    'own privileges',
    'activity',
    'platform',
    'SSH keys',
    'not found',
  ] as const) {
    await goTo(page, pages[name])
    await expectTree(page.getByRole('main'), `page ${name}`)
  }
})

test('keeps the accessibility tree of every tab of a machine and step of the wizard @long', async ({
  page,
  account,
}) => {
  const pages = pagesOf(account.account, account.machine('web1'))
  await open(page, account)
  for (const name of [
    'machine overview',
    'machine discs',
    'machine network',
    'machine keys',
    'machine privileges',
    'machine settings',
  ] as const) {
    await goTo(page, pages[name])
    await expectTree(page.getByRole('main'), `page ${name}`)
  }
  await goTo(page, pagesOf(account.account, account.machine('old1'))['machine overview'])
  await expectTree(page.getByRole('main'), 'page deleted machine')
  await goTo(page, `${listPath(account)}/none`)
  await expectTree(page.getByRole('main'), 'page no machine')
  await goTo(page, pages['wizard machine'])
  await page.getByLabel('Name').fill('web4')
  await expectTree(page.getByRole('main'), 'page wizard machine')
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await expectTree(page.getByRole('main'), 'page wizard image')
  await next(page, 'Discs')
  await expectTree(page.getByRole('main'), 'page wizard discs')
  await next(page, 'Review')
  await expectTree(page.getByRole('main'), 'page wizard review')
})

test('keeps the accessibility tree of every dialog and menu over a list', async ({ page, account }) => {
  await open(page, account, `${listPath(account)}?q=web`)
  await expect(row(page, 'web1')).toBeVisible()
  await expectDialogs(page, {
    columns: () => chooseInView(page, 'Columns…'),
    'keyboard shortcuts': () => page.keyboard.press('?'),
    'how to search': press('How to search'),
    'saved searches': async () => {
      await button(page, 'Saved searches').click()
      await page.getByRole('menuitem', { name: 'Save as…' }).click()
    },
    activity: openActivity,
    'go to': openPalette,
    'go to a machine': () => openPaletteFor(page, 'web1'),
  })
  await expectMenus(page, {
    machine: button(page, 'Actions for web1'),
    settings: button(page, /^Settings of/),
    refresh: updated(page),
    view: button(page, 'View'),
    'saved searches': button(page, 'Saved searches'),
  })
  await searchBox(page).fill('web is:')
  await expectTree(page.getByRole('listbox'), 'search suggestions')
  await searchBox(page).fill('web')
  await selectAll(page)
  await expectTree(selectionBar(page), 'selected machines')
  await expectMenus(page, { 'selected machines': button(selectionBar(page), 'More') })
  await expectDialogs(page, {
    'bulk start': () => chooseForSelected(page, LABELS.start),
    'bulk delete': () => chooseForSelected(page, LABELS.delete),
  })
  await page.setViewportSize({ width: 360, height: 800 })
  await expectMenus(page, { 'groups and pages': button(page, 'Groups and pages') })
})

test('keeps the accessibility tree of a bulk run, its report and signing in again @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(row(page, 'web1')).toBeVisible()
  await selectAll(page)
  await chooseForSelected(page, LABELS.shutDown)
  await bigv.failNext(
    account,
    'POST',
    { kind: 'status', status: 400, body: 'no' },
    `${account.machine('web3').id}/signal$`,
  )
  await button(dialogNamed(page), `${LABELS.shutDown} 2 machines`).click()
  await batchProgress(page).click()
  await expect(batchPanel(page)).toContainText('1 of 2: 0 done, 1 failed, 1 running')
  await expectTree(batchPanel(page), 'dialog bulk run')
  await bigv.advance(60_000)
  await expect(batchPanel(page)).toContainText('Finished')
  await expectTree(batchPanel(page), 'dialog bulk report')
  await page.keyboard.press('Escape')
  await expectDialogs(page, { 'activity with a bulk run': openActivity })
  await bigv.failNext(account, 'GET', { kind: 'status', status: 401, times: null })
  await refresh(page)
  await expectTree(signInAgainDialog(page), 'dialog sign in again')
  await page.keyboard.press('Escape')
  await expectTree(page.getByRole('alert'), 'notice not signed in')
})

test('keeps the accessibility tree of every dialog over a machine @long', async ({ page, account }) => {
  const pages = pagesOf(account.account, account.machine('web1'))
  const stopped = pagesOf(account.account, account.machine('web2'))
  await open(page, account)
  await goTo(page, stopped['machine discs'])
  await expectDialogs(page, {
    'add disc': press('Add disc'),
    'change disc': press('Change store'),
    'move disc': press('Move store'),
    'purge disc': press('Purge store'),
    'back up disc': press('Back up store'),
    'schedule backups': press('Schedule backups of store'),
  })
  await goTo(page, pages['machine network'])
  await expectDialogs(page, {
    'request addresses': press('Request addresses'),
    'reverse DNS': press(/^Change reverse DNS of/),
    'swap addresses': press('Swap addresses…'),
  })
  await goTo(page, pages['machine settings'])
  await expectDialogs(page, {
    'shut down': press(LABELS.shutDown),
    delete: async () => (await actionOf(page, LABELS.delete)).click(),
  })
  await page.getByLabel('Cores').fill('4')
  await expectDialogs(page, {
    plan: press('Apply now: shut down, change, start…'),
    're-image': press(`${LABELS.reimage}…`),
  })
})

test('keeps the accessibility tree of what follows requests for addresses, plans and images @long', async ({
  page,
  account,
  bigv,
}) => {
  const pages = pagesOf(account.account, account.machine('web1'))
  const stopped = pagesOf(account.account, account.machine('web2'))
  await open(page, account)

  await test.step('the new addresses', async () => {
    await goTo(page, stopped['machine network'])
    await button(page, 'Request addresses').click()
    await page.getByLabel('Reason').fill('TLS')
    await button(page, 'Request').click()
    await expectDialogs(page, { 'new addresses': () => dialogNamed(page, /^New addresses/).waitFor() })
  })

  await test.step('a re-image with a generated password', async () => {
    await goTo(page, stopped['machine settings'])
    await (await actionOf(page, LABELS.reimage)).click()
    const dialog = dialogNamed(page)
    await dialog.getByRole('radio', { name: 'wheezy' }).check()
    await dialog.getByRole('radio', { name: 'Generated' }).check()
    await dialog.getByLabel(/^Type web2/).fill('web2')
    await button(dialog, LABELS.reimage).click()
    await expect(dialog.getByRole('status')).toBeVisible()
    await expectTree(dialog, 'dialog re-imaging')
    await bigv.advance(600_000)
    await dialogNamed(page, 'web2 was re-imaged').waitFor()
    await expectTree(dialogNamed(page), 'dialog re-imaged')
    await page.keyboard.press('Escape')
    await button(dialogNamed(page), 'Yes, close').click()
  })

  await test.step('a plan that waits for the guest', async () => {
    await goTo(page, pages['machine settings'])
    await page.getByLabel('Cores').fill('4')
    await button(page, 'Apply now: shut down, change, start…').click()
    await button(dialogNamed(page), 'Shut down, change, start').click()
    await expect(button(card(page, 'Plan'), 'Force stop…')).toBeVisible()
    await expectTree(page.getByRole('main'), 'page machine with a plan')
    await expectMenus(page, { running: button(page, '1 in progress') })
  })

  await test.step('a change whose outcome is unclear', async () => {
    const web3 = account.machine('web3')
    await goTo(page, pagesOf(account.account, web3)['machine overview'])
    await bigv.failNext(account, 'PUT', { kind: 'status', status: 504 }, `virtual_machines/${web3.id}$`)
    await confirm(page, LABELS.stop, 'web3')
    const unclear = toast(page, 'no clear answer')
    await expect(button(unclear, 'Send again')).toBeVisible()
    await expectTree(unclear, 'toast unclear')
  })

  await test.step('several new machines', async () => {
    await goTo(page, pages['wizard machine'])
    await page.getByLabel('Name').fill('web{4,5}')
    await next(page, 'Image')
    await page.getByRole('radio', { name: 'wheezy' }).check()
    await page.getByRole('radio', { name: 'Generated' }).check()
    await next(page, 'Discs')
    await next(page, 'Review')
    await button(page, 'Create 2 machines').click()
    await expect(page.getByText('Creating…')).toHaveCount(2)
    await expectTree(page.getByRole('main'), 'page new machines')
  })
})

test('keeps the accessibility tree of every dialog over the other pages @long', async ({
  page,
  account,
  bigv,
}) => {
  const pages = pagesOf(account.account, account.machine('web1'))
  await bigv.createUser({ account: account.account, level: 'vm_admin' })
  await open(page, account)
  await goTo(page, pages.account)
  await expectMenus(page, { group: button(page, 'Actions for staging') })
  const inMenu = (item: string) => async () => {
    await button(page, 'Actions for staging').click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await expectDialogs(page, {
    'create group': press('Create group'),
    'rename group': inMenu('Rename'),
    'delete group': inMenu('Delete'),
  })
  await goTo(page, pages['account privileges'])
  await expectDialogs(page, {
    'grant privilege': press('Grant privilege'),
    'change privilege': press(/^Change .* of user6/),
    'revoke privilege': press('Revoke vm_admin of user6'),
  })
  await goTo(page, pages['SSH keys'])
  await page.getByLabel('Public keys').fill(PUBLIC_KEY)
  await button(page, 'Add keys').click()
  await expectDialogs(page, { 'remove key': press('Remove me@laptop') })
  await goTo(page, pages['wizard machine'])
  await fillToReview(page, 'web4')
  await expectDialogs(page, { share: press('Share…'), import: press('Import JSON') })
  await expectDialogs(page, {
    'leave the wizard': () => page.getByRole('link', { name: 'default' }).first().click(),
  })
})
