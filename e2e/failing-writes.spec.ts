import { expect, test } from './fixtures.ts'
import { inMenu, LABELS } from './labels.ts'
import { button, confirm, dialogNamed, groupLink, toast, expectPossible } from './steps/page.ts'
import { fillSignIn, openMachine } from './steps/sign-in.ts'

test.use({
  frozen: true,
  wanted: { machines: [{ name: 'www1', power_on: true, autoreboot_on: true }] },
})

test('quotes BigV’s refusal of an action, and says what the action had already changed', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await bigv.failNext(account, 'POST', {
    kind: 'status',
    status: 400,
    body: '{"signal":["is not for this machine"]}',
  })
  await confirm(page, LABELS.shutDown, 'www1')
  const message = toast(page, 'Shut down www1: refused')
  await expect(message).toContainText('signal is not for this machine')
  await expect(message).toContainText('Before that, automatic restart was turned off.')
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect(bigv).toHaveReceivedCount(2)
})

test('fetches the machine after a lost connection, and sends no request again', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await bigv.failNext(account, 'PUT', { kind: 'cut-after-processing' })
  await confirm(page, LABELS.stop, 'www1')
  const message = toast(page, `${LABELS.stop} www1: no clear answer`)
  await expect(message).toContainText(/no clear answer ?Stopped at \d\d:\d\d:\d\d\. ?Details/)
  await expect(message).toContainText('BigV may or may not have carried out the request.')
  await expect(message).toContainText(/Checked at \d\d:\d\d:\d\d: Stopped, automatic restart off\./)
  await expect(bigv).toHaveReceivedCount(1)
  await message.getByRole('button', { name: 'Send again' }).click()
  await expect(
    dialogNamed(page, `${LABELS.stop} www1?`).getByRole('button', { name: LABELS.stop }),
  ).toHaveAccessibleDescription('Already stopped.')
  await expect(bigv).toHaveReceivedCount(1)
})

test('calls an action’s outcome unclear after a 500, and sends it again only on request', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await bigv.failNext(account, 'PUT', { kind: 'status', status: 500 })
  await confirm(page, LABELS.stop, 'www1')
  const message = toast(page, `${LABELS.stop} www1: no clear answer`)
  await expect(message).toContainText('Still running at')
  await message.getByRole('button', { name: 'Send again' }).click()
  await dialogNamed(page, `${LABELS.stop} www1?`).getByRole('button', { name: LABELS.stop }).click()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(bigv).toHaveReceivedCount(2)
})

test('refreshes and sends even if the browser says that it is offline', async ({ page, account, bigv }) => {
  await page.clock.install()
  await page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { value: false }))
  await openMachine(page, account, 'www1')
  await bigv.setMachine(account.machine('www1').id, { power_on: false, autoreboot_on: false })
  await page.clock.fastForward('00:10')
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await button(page, LABELS.start).click()
  await expect(bigv).toHaveReceivedCount(1)
})

test.describe('for stopped machines', () => {
  test.use({
    wanted: {
      machines: [
        { name: 'off1', power_on: false, autoreboot_on: false },
        { name: 'off2', power_on: false, autoreboot_on: false },
      ],
    },
  })

  test('disables an action that BigV refused with 403 until the user signs in again @long', async ({
    page,
    account,
    bigv,
  }) => {
    const reason =
      /^Not allowed \(403\): Not on your level\. That was at \d\d:\d\d:\d\d\. To retry, choose Try again in Activity\.$/
    const item = (label: string) => page.getByRole('menuitem', { name: inMenu(label), exact: true })
    const openMenu = (name: string) => button(page, `Actions for ${name}`).click()
    await openMachine(page, account, 'off1')
    await expect(button(page, LABELS.start)).toBeEnabled()
    await bigv.failNext(account, 'PUT', { kind: 'status', status: 403, body: 'Not on your level.' })
    await button(page, LABELS.start).click()
    await expect(toast(page, 'Start off1: refused')).toBeVisible()
    await expect(button(page, LABELS.start)).toBeDisabled()
    await expect(button(page, LABELS.start)).toHaveAccessibleDescription(reason)
    await expectPossible(page, LABELS.delete)

    await groupLink(page, 'default').click()
    await openMenu('off1')
    await expect(item(LABELS.delete)).toBeEnabled()
    // A row's menu has only what is possible.
    await expect(item(LABELS.start)).toBeHidden()
    await page.keyboard.press('Escape')
    await openMenu('off2')
    await expect(item(LABELS.start)).toBeEnabled()
    await page.keyboard.press('Escape')
    await expect(bigv).toHaveReceivedCount(1)

    await page.getByRole('button', { name: 'Sign out' }).click()
    await fillSignIn(page, account)
    await openMenu('off1')
    await expect(item(LABELS.start)).toBeEnabled()
  })
})
