import { check, DIALOG } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { row } from './steps/list.ts'
import { actionOf, button, confirm, dialogNamed, expectDetail, press, toast } from './steps/page.ts'
import { expectNothingSent, advanceUntilOff, waitForWrite } from './steps/received.ts'
import { open, openMachine } from './steps/sign-in.ts'

test.use({
  frozen: true,
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'off1', power_on: false, autoreboot_on: false },
      { name: 'resting', power_on: false, autoreboot_on: true },
    ],
  },
})

test(
  'starts a stopped machine with one request, and shows “Starting…” until it is running',
  { tag: '@web-server' },
  async ({ page, account, bigv }) => {
    await openMachine(page, account, 'off1')
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: LABELS.start, exact: true }).click()
    await expect(page.getByText('Starting…', { exact: true })).toBeVisible()
    await expect(bigv).toHaveReceivedCount(1)
    await bigv.advance(60_000)
    await expect(page.getByText('Running', { exact: true })).toBeVisible()
    await expect(toast(page, 'off1 is running')).toBeVisible()
    await expect(bigv).toHaveReceived([
      { method: 'PUT', path: account.machine('off1').path, body: { autoreboot_on: true, power_on: true } },
    ])
  },
)

test('starts a machine that BigV is about to restart @long', async ({ page, account, bigv }) => {
  await openMachine(page, account, 'resting')
  await expect(page.getByText('Restarting', { exact: true })).toBeVisible()
  await press(page, LABELS.start)
  await expect(page.getByText('Starting…', { exact: true })).toBeVisible()
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path: account.machine('resting').path, body: { autoreboot_on: true, power_on: true } },
  ])
})

test('asks before Force stop, and shows the requests from then on once opened @firefox', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await press(page, LABELS.stop)
  const dialog = dialogNamed(page, `${LABELS.stop} www1?`)
  await expect(dialog.locator('strong')).toHaveText('Unsaved data is lost.')
  await expect(dialog).toHaveAccessibleDescription(/The machine stays off\.$/)
  const sent = dialog.getByText('{"autoreboot_on":false,"power_on":false}')
  await expect(sent).toBeHidden()
  await dialog.getByText('What will be sent').click()
  await expect(sent).toBeVisible()
  await expect(dialog).toContainText(`PUT ${account.machine('www1').path}`)
  await page.keyboard.press('Escape')
  await press(page, LABELS.reset)
  await expect(dialogNamed(page).getByText('{"signal":"reset"}')).toBeVisible()
  await page.keyboard.press('Escape')
  await press(page, LABELS.stop)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await expectNothingSent(page, bigv)

  await confirm(page, LABELS.stop, 'www1')
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(toast(page, 'www1 is stopped')).toBeVisible()
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path: account.machine('www1').path, body: { autoreboot_on: false, power_on: false } },
  ])
})

test('force reboots by cutting the power, and is done once the machine runs again', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await confirm(page, LABELS.reboot, 'www1')
  await expect(page.getByText('Rebooting…', { exact: true })).toBeVisible()
  await waitForWrite(bigv)
  await bigv.advance(60_000)
  await expect(toast(page, 'www1 rebooted and is running')).toBeVisible()
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path: account.machine('www1').path, body: { autoreboot_on: true, power_on: false } },
  ])
})

test('shuts down by turning automatic restart off and pressing the power button', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await confirm(page, LABELS.shutDown, 'www1')
  await expect(page.getByText('Shutting down…', { exact: true })).toBeVisible()
  await expect(page).toHaveTitle(/^\(1…\) www1/)
  await waitForWrite(bigv, '/signal')
  await bigv.advance(60_000)
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(toast(page, 'www1 has shut down')).toBeVisible()
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path: account.machine('www1').path, body: { autoreboot_on: false } },
    { method: 'POST', path: `${account.machine('www1').path}/signal`, body: { signal: 'powerdown' } },
  ])
})

test('offers to turn automatic restart back on only if a shutdown fails', async ({ page, account, bigv }) => {
  const putBack = button(page.getByRole('main'), 'Turn automatic restart back on')
  await openMachine(page, account, 'www1')
  await bigv.failNext(account, 'POST', { kind: 'status', status: 400, body: 'the tail is full' })
  await confirm(page, LABELS.shutDown, 'www1')
  await expect(toast(page, 'Shut down www1: refused')).toContainText('Automatic restart is still off.')
  await putBack.click()
  await expect(toast(page, 'Automatic restart turned on for www1')).toBeVisible()
  await expect(putBack).toBeHidden()
  await confirm(page, LABELS.shutDown, 'www1')
  await expect(bigv).toHaveReceivedCount(5)
  await advanceUntilOff(bigv, account)
  await expect(toast(page, 'www1 has shut down')).toBeVisible()
  await expect(putBack).toBeHidden()
  const { path } = account.machine('www1')
  const off = [
    { method: 'PUT', path, body: { autoreboot_on: false } },
    { method: 'POST', path: `${path}/signal` },
  ]
  await expect(bigv).toHaveReceived([...off, { method: 'PUT', path, body: { autoreboot_on: true } }, ...off])
})

test('restarts without a PUT if automatic restart is on already @long', async ({ page, account, bigv }) => {
  await openMachine(page, account, 'www1')
  await confirm(page, LABELS.restart, 'www1')
  await expect(page.getByText('Restarting…', { exact: true })).toBeVisible()
  await advanceUntilOff(bigv, account)
  await expectDetail(page, 'power_on', 'no')
  await bigv.advance(60_000)
  await expect(toast(page, 'www1 restarted and is running')).toBeVisible()
  await expect(bigv).toHaveReceived([
    { method: 'POST', path: `${account.machine('www1').path}/signal`, body: { signal: 'powerdown' } },
  ])
})

test('warns that Reset doesn’t apply waiting changes, and calls it done when BigV answers', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await press(page, LABELS.reset)
  await expect(dialogNamed(page, 'Reset www1?')).toContainText(
    'Changes to cores, memory or hardware profile keep waiting for a restart',
  )
  await dialogNamed(page).getByRole('button', { name: LABELS.reset }).click()
  await expect(toast(page, 'www1 was reset')).toBeVisible()
  await expect(bigv).toHaveReceived([
    { method: 'POST', path: `${account.machine('www1').path}/signal`, body: { signal: 'reset' } },
  ])
})

test('starts a machine from its row with one click, and asks before shutting one down @firefox', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  const start = button(row(page, 'off1'), `${LABELS.start} off1`)
  await expect(row(page, 'off1')).toBeVisible()
  await expect(start).toBeHidden()
  const before = await row(page, 'off1').getByRole('link').boundingBox()
  await row(page, 'off1').hover()
  await expect(start).toBeVisible()
  expect(await row(page, 'off1').getByRole('link').boundingBox()).toEqual(before)
  await start.click()
  await expect(row(page, 'off1')).toContainText('Starting…')
  await expect(start).toBeHidden()
  await expect(button(page, 'Actions for off1')).toBeFocused()
  await waitForWrite(bigv)
  await bigv.advance(60_000)
  await expect(row(page, 'off1')).toContainText('Running')

  await row(page, 'www1').hover()
  await button(row(page, 'www1'), `${LABELS.shutDown} www1`).click()
  await expect(dialogNamed(page, `${LABELS.shutDown} www1?`)).toBeVisible()
})

test('has an accessible machine page and accessible power dialogs @long', async ({ page, account }) => {
  await openMachine(page, account, 'www1')
  await check(page, 'a running machine')
  for (const label of [LABELS.shutDown, LABELS.restart, LABELS.stop, LABELS.reboot, LABELS.reset]) {
    await press(page, label)
    await expect(dialogNamed(page, `${label} www1?`)).toBeVisible()
    await check(page, `the ${label} dialog`, DIALOG)
    await page.keyboard.press('Escape')
  }
})

const DISABLED_REASONS = {
  www1: { [LABELS.start]: 'Already running.' },
  off1: {
    [LABELS.stop]: 'Already stopped.',
    [LABELS.reboot]: 'Not running.',
    [LABELS.shutDown]: 'Not running.',
    [LABELS.restart]: 'Not running.',
    [LABELS.reset]: 'Not running.',
    [LABELS.sendKeys]: 'Not running.',
  },
  resting: {
    [LABELS.reboot]: 'Off for now: BigV is turning the machine back on.',
    [LABELS.shutDown]: 'Off for now: BigV is turning the machine back on.',
    [LABELS.restart]: 'Off for now: BigV is turning the machine back on.',
    [LABELS.reset]: 'Off for now: BigV is turning the machine back on.',
    [LABELS.sendKeys]: 'Off for now: BigV is turning the machine back on.',
  },
} as const
const CONTROLS = [
  LABELS.start,
  LABELS.stop,
  LABELS.reboot,
  LABELS.shutDown,
  LABELS.restart,
  LABELS.reset,
  LABELS.sendKeys,
]

for (const [name, reasons] of Object.entries(DISABLED_REASONS)) {
  test(`disables unavailable actions on ${name}, keeps them focusable, and says why @long`, async ({
    page,
    account,
    bigv,
  }) => {
    await openMachine(page, account, name)
    for (const control of CONTROLS) {
      const target = await actionOf(page, control)
      const reason = (reasons as Record<string, string>)[control]
      if (reason === undefined) await expect(target).toBeEnabled()
      else {
        await expect(target).toBeDisabled()
        await expect(target).toHaveAccessibleDescription(reason)
        await target.focus()
        await expect(target).toBeFocused()
        await page.keyboard.press('Enter')
      }
      await page.keyboard.press('Escape')
    }
    await expect(dialogNamed(page)).toBeHidden()
    await expectNothingSent(page, bigv)
  })
}
