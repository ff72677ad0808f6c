import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { chooseBulk, row, selectAll } from './steps/list.ts'
import { button, confirm, dialogNamed, notRefreshed, refresh, toast } from './steps/page.ts'
import { advanceUntilOff, waitForWrite } from './steps/received.ts'
import { forgetSaid, recordSaid, said } from './steps/said.ts'
import { open, openMachine } from './steps/sign-in.ts'

// Tests, sentence by sentence, what screen readers announce without being asked. screen-reader.spec.ts tests what they find when they
// read a page.

test.use({ frozen: true })

/** The beginning of the notice about an overdue shutdown. The words on its buttons follow. */
const OVERDUE =
  /^Shutting down: overdue Waiting for [\d:]+, expected within 2 min\. The guest may ignore the power button/

test('announces once each that a shutdown begins, is overdue and is done', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await recordSaid(page)
  await openMachine(page, account, 'www1')
  await forgetSaid(page)

  await confirm(page, LABELS.shutDown, 'www1')
  await waitForWrite(bigv, '/signal')
  await expect(page.getByText(/overdue after 2 min/)).toBeVisible()
  await page.clock.fastForward('02:05')
  await expect(page.getByRole('alert')).toContainText('Waiting for 2:0')
  await page.clock.fastForward('00:10')
  await expect(page.getByRole('alert')).toContainText('Waiting for 2:1')
  await advanceUntilOff(bigv, account)
  await expect(toast(page, 'www1 has shut down')).toBeVisible()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  expect(await said(page)).toEqual([
    'www1: Shutting down…',
    expect.stringMatching(OVERDUE),
    'www1 has shut down.',
  ])
})

test('announces BigV’s refusal of an action once, with the reason', async ({ page, account, bigv }) => {
  await recordSaid(page)
  await openMachine(page, account, 'www1')
  await forgetSaid(page)
  await bigv.failNext(account, 'PUT', { kind: 'status', status: 400, body: 'the tail is full' })
  await confirm(page, LABELS.stop, 'www1')
  await expect(toast(page, 'refused')).toBeVisible()
  expect(await said(page)).toEqual([
    'www1: Stopping…',
    'Force stop www1: refused. BigV refused this (400): the tail is full.',
  ])
})

test('announces once, and not at each retry, that the page can’t be refreshed', async ({
  page,
  account,
  bigv,
}) => {
  await recordSaid(page)
  await openMachine(page, account, 'www1')
  await forgetSaid(page)
  const fault = { kind: 'status', status: 500, body: 'no heads', times: null } as const
  await bigv.addFault({ ...fault, match: { method: 'GET', account: account.account } })
  await refresh(page)
  await expect(notRefreshed(page)).toContainText('no heads')
  for (const tries of [2, 3]) {
    await button(notRefreshed(page), 'Try now').click()
    const failed = async () => (await bigv.requests()).filter(({ status }) => status === 500).length
    await expect.poll(failed).toBeGreaterThanOrEqual(tries)
  }
  await bigv.clearFaults()
  await refresh(page)
  await expect(notRefreshed(page)).toBeHidden()
  expect(await said(page)).toEqual([
    expect.stringMatching(/^Not refreshed since .* BigV failed \(500\): no heads\./),
  ])
})

test.describe('on a list', () => {
  test.use({
    wanted: {
      machines: [{ name: 'web1' }, { name: 'web2' }, { name: 'web3' }, { name: 'db1', power_on: true }],
    },
  })

  test('announces the begin and the end of a bulk run once each, and changes made elsewhere', async ({
    page,
    account,
    bigv,
  }) => {
    await recordSaid(page)
    await open(page, account)
    await selectAll(page)
    await chooseBulk(page, LABELS.start)
    await forgetSaid(page)
    await button(dialogNamed(page), 'Start 3 machines').click()
    await expect(bigv).toHaveReceivedCount(3)
    await bigv.advance(60_000)
    await expect(toast(page, 'Start 3 machines: done')).toBeVisible()
    await refresh(page)
    await expect(row(page, 'web3')).toContainText('Running')
    await bigv.setMachine(account.machine('db1').id, { power_on: false })
    await refresh(page)
    await expect(row(page, 'db1')).toContainText('Stopped')
    expect(await said(page)).toEqual([
      'Start 3 machines: running.',
      'Start 3 machines: done. 3 of 3: 3 done. Press F6 for “Show”.',
      'db1: Stopped.',
    ])
  })
})
