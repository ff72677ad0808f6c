import { listPath } from './account.ts'
import { expect, type Page, test } from './fixtures.ts'
import { inMenu, LABELS } from './labels.ts'
import { chooseBulk, openRowMenu, row, selectAll } from './steps/list.ts'
import { button, chooseInterval, dialogNamed, expectPage, press, recentActivity } from './steps/page.ts'
import { openBySigningIn } from './steps/sign-in.ts'

const restarting = (group: string, names: readonly string[]) =>
  names.map((name) => ({ group, name, power_on: true, autoreboot_on: true }))

/** Turns off automatic restart for the three machines of the list that have it on: a write that isn't urgent. */
async function turnOffAutomaticRestart(page: Page): Promise<void> {
  await selectAll(page)
  await chooseBulk(page, 'Automatic restart off')
  await button(dialogNamed(page), 'Turn off automatic restart for 3 machines').click()
}

test.describe('six slow writes from two tabs', () => {
  test.use({
    frozen: true,
    wanted: {
      groups: ['staging'],
      machines: [
        ...restarting('default', ['web1', 'web2', 'web3']),
        ...restarting('staging', ['db1', 'db2', 'db3']),
        { name: 'spare', power_on: true },
      ],
    },
  })

  test('delay neither refreshes nor Force stop, and can be cancelled while queued', async ({
    page,
    account,
    bigv,
    context,
  }) => {
    await openBySigningIn(page, account)
    await chooseInterval(page, '2 s')
    const other = await context.newPage()
    await other.goto(listPath(account, 'staging'))
    await bigv.failNext(account, 'PUT', { kind: 'hang', times: null })
    await turnOffAutomaticRestart(page)
    await expect(bigv).toHaveReceivedCount(3)
    await turnOffAutomaticRestart(other)
    await expect(button(other, '6 in progress')).toBeVisible()

    await test.step('the list keeps refreshing', async () => {
      await bigv.setMachine(account.machine('spare').id, { autoreboot_on: true })
      await bigv.setMachine(account.machine('spare').id, { power_on: false })
      await expect(row(page, 'spare')).toContainText('Restarting')
    })

    await test.step('a queued machine says so, and can be cancelled', async () => {
      await row(other, 'db1').getByRole('link').click()
      await expectPage(other, 'db1')
      await expect(other.getByRole('status').filter({ hasText: 'Queued' })).toBeVisible()
      await button(other, 'Cancel request').click()
      await expect(recentActivity(other).first()).toContainText('Cancelled')
      await expect(bigv).toHaveReceivedCount(3)
    })

    await test.step('Force stop says that it cancels what is queued', async () => {
      await other.goBack()
      await row(other, 'db2').getByRole('link').click()
      await expectPage(other, 'db2')
      await press(other, LABELS.stop)
      await expect(dialogNamed(other)).toContainText(
        '“Turn off automatic restart” is queued. This cancels it.',
      )
      await button(dialogNamed(other), 'Cancel').click()
    })

    await test.step('Force stop doesn’t wait behind the slow writes', async () => {
      const menu = await openRowMenu(page, 'spare')
      await menu.getByRole('menuitem', { name: inMenu(LABELS.stop), exact: true }).click()
      await button(dialogNamed(page), LABELS.stop).click()
      await expect(bigv).toHaveReceivedCount(4)
    })

    await test.step('the queued writes are sent once earlier ones have ended', async () => {
      await bigv.clearFaults()
      await expect
        .poll(async () => {
          const sent = (await bigv.requests()).filter(({ method }) => method === 'PUT')
          return new Set(
            sent.map(({ path }) => account.machines.find(({ id }) => path.endsWith(`/${id}`))?.name),
          )
        })
        .toEqual(new Set(['db2', 'db3', 'spare', 'web1', 'web2', 'web3']))
      await expect(bigv).toHaveReceivedCount(6)
    })
  })
})
