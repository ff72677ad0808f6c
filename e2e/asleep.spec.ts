import { reads } from './bigv.ts'
import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { confirm, notRefreshed, operations, sessionLink, toast } from './steps/page.ts'
import { expectNothingSent } from './steps/received.ts'
import { openMachine, signInAgainDialog } from './steps/sign-in.ts'

test.use({
  frozen: true,
  wanted: { machines: [{ name: 'www1', power_on: true, autoreboot_on: true, ignores_acpi: true }] },
})

test('refreshes after the computer has slept and BigV has failed, and repeats no write', async ({
  page,
  account,
  bigv,
}) => {
  // The computer's clock is also years behind.
  await page.clock.install({ time: '2001-01-01T12:00:00Z' })
  await openMachine(page, account, 'www1')
  const { id } = account.machine('www1')
  await confirm(page, LABELS.shutDown, 'www1')
  await expect(page.getByText('overdue after 2 min')).toBeVisible()
  // The computer sleeps while the machine shuts down.
  await page.clock.pauseAt('2001-01-01T12:02:00Z')
  await expect(bigv).toHaveReceivedCount(2)
  await bigv.setMachine(id, { power_on: false })

  // After waking, the machine is fetched before anything is called overdue.
  await page.clock.fastForward('45:00')
  await page.clock.resume()
  await expect(toast(page, 'www1 has shut down')).toBeVisible()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(page.getByText('Shutting down: overdue')).toBeHidden()

  await bigv.addFault({ kind: 'status', status: 503, match: { account: account.account }, times: null })
  await bigv.clearRequests()
  let last: string | undefined
  /** The start of the last failed refresh, from the notice. */
  const lastAttempt = async () => / after [\d.]+ s, ([\d:]+)/.exec(await notRefreshed(page).innerText())?.[1]
  for (let minutes = 0; minutes < 10; minutes++) {
    await page.clock.fastForward('01:00')
    // One attempt per minute; wait for its end before the clock advances.
    await expect.poll(lastAttempt).not.toBe(last)
    last = await lastAttempt()
    await expect(notRefreshed(page)).toContainText('BigV is unavailable (503)')
  }
  const readCount = reads(await bigv.requests({ account: account.account })).length
  expect(readCount).toBeGreaterThan(2)
  expect(readCount).toBeLessThanOrEqual(12)
  await bigv.clearFaults()
  await bigv.setMachine(id, { power_on: true })
  // The page refreshes again within a minute, the longest pause between its attempts.
  await page.clock.fastForward('01:01')
  await expect(notRefreshed(page)).toBeHidden()
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expectNothingSent(page, bigv)

  // After the computer has slept for longer than the idle limit, the same page is there, under the sign-in dialog.
  await page.clock.fastForward('01:00:00')
  await expect(signInAgainDialog(page)).toBeVisible()
})

test.describe('for a user with a Yubikey', () => {
  test.use({
    wanted: {
      otpRequired: true,
      machines: [{ name: 'www1', power_on: true, autoreboot_on: true, ignores_acpi: true }],
    },
  })

  test('shows no negative or huge times when the clock is corrected during an action @long', async ({
    page,
    account,
    bigv,
  }) => {
    await page.clock.install({ time: '2051-01-01T12:00:00Z' })
    await openMachine(page, account, 'www1')
    const { id } = account.machine('www1')
    await confirm(page, LABELS.shutDown, 'www1')
    await expect(bigv).toHaveReceivedCount(2)
    const notice = page.getByText('overdue after 2 min')
    await expect(notice).toBeVisible()

    await page.clock.setSystemTime('2026-01-01T12:00:00Z')
    await page.clock.fastForward('00:10')
    await expect(notice).toBeVisible()
    await expect(page.getByText(/^as of/)).toBeHidden()
    await expect(page.getByRole('button', { name: /^OTP/ })).toBeHidden()
    await bigv.setMachine(id, { power_on: false })
    await page.clock.fastForward('00:10')
    await expect(toast(page, 'www1 has shut down')).toBeVisible()
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
    await sessionLink(page, 'Activity').click()
    // Just one entry: the shutdown isn't listed as changed elsewhere.
    const entry = operations(page)
    await expect(entry).toContainText(/\d+:\d\d/)
    expect(await entry.innerText()).not.toMatch(/-\d+[.:]\d|\d{3,}:\d\d/)
  })
})
