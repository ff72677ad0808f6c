import { listPath } from './account.ts'
import { check, MENU } from './axe.ts'
import { listReads, reads } from './bigv.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { row } from './steps/list.ts'
import {
  button,
  confirm,
  dialogNamed,
  setHidden,
  turnOnReadOnlyMode,
  toast,
  expectReason,
  expectPossible,
  recentActivity,
  actionOf,
  expectDetail,
} from './steps/page.ts'
import { expectNothingSent, advanceUntilOff, waitForWrite } from './steps/received.ts'
import { open, openMachine } from './steps/sign-in.ts'

test.use({
  frozen: true,
  wanted: { machines: [{ name: 'www1', power_on: true, autoreboot_on: true, ignores_acpi: true }] },
})

test.describe('a shutdown that the guest ignores', () => {
  test.beforeEach(async ({ page, account }) => {
    await page.clock.install()
    await openMachine(page, account, 'www1')
    await confirm(page, LABELS.shutDown, 'www1')
    await expect(page.getByText('overdue after 2 min')).toBeVisible()
  })

  test('is overdue after two minutes, and Force stop replaces it', async ({ page, bigv }) => {
    await page.clock.fastForward('01:50')
    await expect(page.getByText(/^1:5\d · overdue/)).toBeVisible()
    await expect(page.getByRole('alert')).toBeHidden()
    await page.clock.fastForward('00:15')
    const notice = page.getByRole('alert').filter({ hasText: 'Shutting down: overdue' })
    await expect(notice).toContainText('The guest may ignore the power button')
    await expect(page.getByText('Shutting down…', { exact: true })).toBeVisible()
    await check(page, 'an overdue shutdown')
    await button(page, '1 in progress').click()
    await check(page, 'the menu of running actions', MENU)
    await page.keyboard.press('Escape')

    await notice.getByRole('button', { name: 'Force stop…' }).click()
    const dialog = dialogNamed(page, `${LABELS.stop} www1?`)
    await expect(dialog).toContainText('“Shut down” is running. This replaces it.')
    await dialog.getByRole('button', { name: LABELS.stop }).click()
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
    const replaced = recentActivity(page).filter({ hasText: LABELS.shutDown })
    await expect(replaced).toContainText(`Replaced by “${LABELS.stop}”.`)
    await expect(replaced).toContainText('No longer watching')
    await check(page, 'a replaced shutdown')
    await expect(bigv).toHaveReceived([
      { body: { autoreboot_on: false } },
      { body: { signal: 'powerdown' } },
      { body: { autoreboot_on: false, power_on: false } },
    ])
  })

  test('is watched for longer if the user keeps waiting', async ({ page, account, bigv }) => {
    await page.clock.fastForward('02:01')
    await button(page, 'Keep waiting').click()
    await expect(page.getByRole('alert')).toBeHidden()
    await expect(page.getByText('Shutting down…', { exact: true })).toBeVisible()
    const { id } = account.machine('www1')
    await bigv.setMachine(id, { power_on: false })
    await page.clock.runFor(2_500)
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  })

  test('can be sent again, without a second PUT to turn automatic restart off', async ({ page, bigv }) => {
    await page.clock.fastForward('02:01')
    await button(page, 'Press again').click()
    await dialogNamed(page).getByRole('button', { name: LABELS.shutDown }).click()
    await expect(page.getByText('overdue after 2 min')).toBeVisible()
    await expect(bigv).toHaveReceived([
      { body: { autoreboot_on: false } },
      { body: { signal: 'powerdown' } },
      { body: { signal: 'powerdown' } },
    ])
  })

  test('is no longer watched on request, and may still be carried out, as a note says', async ({ page }) => {
    await page.clock.fastForward('02:01')
    await button(page, 'Stop watching').click()
    await expect(page.getByText('Running', { exact: true })).toBeVisible()
    await expect(recentActivity(page).filter({ hasText: LABELS.shutDown })).toContainText(
      'BigV may still carry out the request.',
    )
  })

  test('blocks all other actions but Force stop, Reset and Send keys @long', async ({ page }) => {
    for (const name of [LABELS.restart, LABELS.reboot, LABELS.shutDown]) {
      await expectReason(page, name, '“Shut down” is still running.')
    }
    for (const name of [LABELS.stop, LABELS.reset, LABELS.sendKeys]) await expectPossible(page, name)
  })

  test('is watched on every page, and in a hidden tab', async ({ page, account, bigv }) => {
    await page.getByRole('link', { name: 'default', exact: true }).first().click()
    await expect(row(page, 'www1')).toContainText('Shutting down…')
    await expect(page.getByRole('button', { name: '1 in progress' })).toBeVisible()
    const { id } = account.machine('www1')
    await setHidden(page, true)
    await expect.poll(() => listReads(bigv, account)).not.toHaveLength(0)
    for (let round = 0; round < 3; round++) {
      await bigv.clearRequests()
      // More than the interval at which the page refreshes.
      await page.clock.fastForward(12_000)
      await expect
        .poll(async () => {
          const read = reads(await bigv.requests({ account: account.account }))
          return [...new Set(read.map(({ path }) => path))]
        })
        .toEqual([`${listPath(account)}/${id}`])
    }
    await bigv.setMachine(id, { power_on: false })
    await page.clock.runFor(2_500)
    await expect(row(page, 'www1')).toContainText('Stopped')
    await expect(toast(page, 'www1 has shut down')).toBeVisible()
  })
})

test('continues watching an action after a reload', async ({ page, account, bigv }) => {
  await open(page, account, `${listPath(account)}/www1`)
  await confirm(page, LABELS.shutDown, 'www1')
  await expect(page.getByText('overdue after 2 min')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Shutting down…', { exact: true })).toBeVisible()
  const { id } = account.machine('www1')
  await bigv.setMachine(id, { power_on: false })
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(recentActivity(page).filter({ hasText: LABELS.shutDown })).toContainText('Done')
})

test('shows an action in the user’s other tabs, and disables it there', async ({
  page,
  account,
  context,
}) => {
  await openMachine(page, account, 'www1')
  const other = await context.newPage()
  await other.goto(`${listPath(account)}/www1`)
  await expect(other.getByText('Running', { exact: true })).toBeVisible()
  await confirm(page, LABELS.shutDown, 'www1')
  await expect(other.getByText('Shutting down…', { exact: true })).toBeVisible()
  await expect(button(other, LABELS.restart)).toHaveAccessibleDescription('“Shut down” is still running.')
})

const entry = (tab: Page) => recentActivity(tab).filter({ hasText: LABELS.shutDown })

test('watches an action only in the original tab if the tab is duplicated', async ({ page, account }) => {
  await openMachine(page, account, 'www1')
  await confirm(page, LABELS.shutDown, 'www1')
  await expect(entry(page)).toContainText('Running')
  const copy = page.waitForEvent('popup')
  await page.evaluate(() => void globalThis.open(location.href))
  await expect(entry(await copy)).toContainText('In another tab')
  await page.reload()
  await expect(entry(page)).toContainText('Running')
})

test.describe('a shutdown of a machine that someone else changes', () => {
  test('is refused if it is no longer possible, and sends nothing', async ({ page, account, bigv }) => {
    await openMachine(page, account, 'www1')
    await button(page, LABELS.shutDown).click()
    const { id } = account.machine('www1')
    await bigv.setMachine(id, { power_on: false, autoreboot_on: false })
    const dialog = dialogNamed(page, 'Shut down www1?')
    await dialog.getByRole('button', { name: LABELS.shutDown }).click()
    await expect(dialog.getByRole('alert')).toContainText('Not running.')
    await expectNothingSent(page, bigv)
  })

  test('needs a second confirmation if the dialog is out of date', async ({ page, account, bigv }) => {
    await openMachine(page, account, 'www1')
    await button(page, LABELS.shutDown).click()
    const { id } = account.machine('www1')
    await bigv.setMachine(id, { autoreboot_on: false })
    const dialog = dialogNamed(page, 'Shut down www1?')
    await dialog.getByRole('button', { name: LABELS.shutDown }).click()
    await expect(dialog.getByRole('alert')).toContainText('Automatic restart is now off. Nothing was sent.')
    await expect(dialog).not.toContainText('{"autoreboot_on":false}')
    await expectNothingSent(page, bigv)
    await dialog.getByRole('button', { name: LABELS.shutDown }).click()
    await expect(page.getByText('Shutting down…', { exact: true })).toBeVisible()
    await expect(bigv).toHaveReceived([{ body: { signal: 'powerdown' } }])
  })

  test('ends as superseded if someone else turns automatic restart back on @long', async ({
    page,
    account,
    bigv,
  }) => {
    await openMachine(page, account, 'www1')
    await confirm(page, LABELS.shutDown, 'www1')
    await expect(page.getByText('overdue after 2 min')).toBeVisible()
    const { id } = account.machine('www1')
    await bigv.setMachine(id, { autoreboot_on: true })
    await expect(toast(page, 'Shut down www1: superseded')).toContainText(
      'Automatic restart is on, not off: someone else changed it, or BigV ignored the request.',
    )
    await expect(page.getByText('Running', { exact: true })).toBeVisible()
  })

  test('ends as superseded if someone else purges the machine @long', async ({ page, account, bigv }) => {
    await openMachine(page, account, 'www1')
    await confirm(page, LABELS.shutDown, 'www1')
    await expect(page.getByText('overdue after 2 min')).toBeVisible()
    const { id } = account.machine('www1')
    await bigv.removeMachine(id)
    await expect(toast(page, 'Shut down www1: superseded')).toContainText(
      'The machine was not found, or you don’t have access.',
    )
  })
})

test('disables every action in read-only mode and says why', async ({ page, account, bigv }) => {
  await openMachine(page, account, 'www1')
  await turnOnReadOnlyMode(page)
  for (const name of [
    LABELS.stop,
    LABELS.reboot,
    LABELS.shutDown,
    LABELS.restart,
    LABELS.reset,
    LABELS.sendKeys,
  ]) {
    // Send keys is a menu, whose items say why.
    if (name === LABELS.sendKeys) await button(page, name).click()
    const action = name === LABELS.sendKeys ? page.getByRole('menuitem').first() : await actionOf(page, name)
    await expect(action).toHaveAccessibleDescription('Read-only mode is on. Turn it off to make changes.')
    await action.click({ force: true })
    await page.keyboard.press('Escape')
  }
  await expect(dialogNamed(page)).toBeHidden()
  await expectNothingSent(page, bigv)
})

test('fetches a watched machine every two seconds on every page, and no other machine', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await openMachine(page, account, 'www1')
  await confirm(page, LABELS.shutDown, 'www1')
  await expect(page.getByText('overdue after 2 min')).toBeVisible()
  await page.getByRole('link', { name: 'default', exact: true }).first().click()
  await expect(row(page, 'www1')).toBeVisible()
  await bigv.clearRequests()
  const { id } = account.machine('www1')
  await page.clock.runFor(2_100)
  await expect
    .poll(
      async () =>
        reads(await bigv.requests({ account: account.account })).filter(({ path }) => path.endsWith(`/${id}`))
          .length,
    )
    .toBe(1)
})

test.describe('when the guest reacts', () => {
  test.use({ wanted: { machines: [{ name: 'www1', power_on: true, autoreboot_on: true }] } })

  test('calls a force reboot done after 20 s of running if the machine wasn’t seen off @long', async ({
    page,
    account,
    bigv,
  }) => {
    await page.clock.install()
    await openMachine(page, account, 'www1')
    const { id } = account.machine('www1')
    await bigv.failNext(account, 'PUT', { kind: 'empty', status: 204 })
    await bigv.setMachine(id, { power_on: true })
    await confirm(page, LABELS.reboot, 'www1')
    await expect(page.getByText('Rebooting…', { exact: true })).toBeVisible()
    for (let second = 0; second < 24; second += 2) await page.clock.runFor(2_000)
    await expect(toast(page, 'www1 rebooted')).toContainText('The machine wasn’t seen off in between.')
  })

  test('calls a restart done once the machine was seen off and is running again @long', async ({
    page,
    account,
    bigv,
  }) => {
    await openMachine(page, account, 'www1')
    await confirm(page, LABELS.restart, 'www1')
    await advanceUntilOff(bigv, account)
    await expectDetail(page, 'power_on', 'no')
    await expect(page.getByText('Restarting…', { exact: true })).toBeVisible()
    await bigv.advance(10_000)
    await expect(page.getByText('Running', { exact: true })).toBeVisible()
  })

  test('lets the user confirm a restart if the machine was never seen off', async ({
    page,
    account,
    bigv,
  }) => {
    await page.clock.install()
    await openMachine(page, account, 'www1')
    await confirm(page, LABELS.restart, 'www1')
    await waitForWrite(bigv, '/signal')
    // In one leap, so that every fetch finds the machine on.
    await bigv.advance(60_000)
    await page.clock.fastForward('03:01')
    const notice = page.getByRole('alert').filter({ hasText: 'Restarting: overdue' })
    await expect(notice).toContainText(/It’s now on head\d+, but no restart was seen\./)
    await check(page, 'an overdue restart')
    await notice.getByRole('button', { name: 'Mark as restarted' }).click()
    await expect(toast(page, 'www1 restarted and is running')).toContainText('You confirmed the restart.')
    await expect(page.getByText('Running', { exact: true })).toBeVisible()
    await expect(recentActivity(page).filter({ hasText: LABELS.restart })).toContainText('Done')
  })
})
