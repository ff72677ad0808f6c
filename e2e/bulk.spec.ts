import type { ControlClient, NewAccount } from '../simulator/control/client.ts'
import { listPath } from './account.ts'
import { check, DIALOG } from './axe.ts'
import { listReads, reads, writes } from './bigv.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import {
  batchBar,
  batchPanel,
  batchProgress,
  box,
  bulkButton,
  chooseBulk,
  facet,
  machineLinks,
  row,
  selectAll,
  selectionBar,
} from './steps/list.ts'
import { button, dialogNamed, download, expectPage, setHidden, toast } from './steps/page.ts'
import { expectNothingSent } from './steps/received.ts'
import { open, signInAgain, signInAgainDialog } from './steps/sign-in.ts'

const stopped = (names: readonly string[]) => names.map((name) => ({ name }))
const running = (names: readonly string[]) =>
  names.map((name) => ({ name, power_on: true, autoreboot_on: true }))

/** Selects every machine of the list and chooses a bulk action. */
async function selectAllAndChoose(page: Page, label: string): Promise<void> {
  await selectAll(page)
  await chooseBulk(page, label)
}

const results = (page: Page) => batchPanel(page).getByRole('list', { name: 'Results' }).getByRole('listitem')
const result = (page: Page, name: string) =>
  results(page).filter({
    has: page.getByRole('link', { name: new RegExp(`^${name}(?!\\d)`) }),
  })

/** The writes that BigV received for the account's machines: "web1 PUT {…}", "web1 POST signal {…}". */
async function received(bigv: ControlClient, account: NewAccount): Promise<string[]> {
  const names = new Map(account.machines.map(({ id, name }) => [String(id), name]))
  return (await writes(bigv)).map(({ method, path, body }) => {
    const [, , , , , , id = '', what] = path.split('/')
    return [names.get(id), method, what, body && JSON.stringify(body)].filter(Boolean).join(' ')
  })
}

test.describe('a bulk start', () => {
  test.use({
    wanted: {
      machines: [
        ...stopped(['off1', 'off2', 'off3', 'off4', 'off5', 'off6']),
        ...running(['on1', 'on2']),
        { name: 'gone', deleted: true },
      ],
    },
  })

  test('previews the requests, sends them, and retries only the failed ones', async ({
    page,
    account,
    bigv,
  }) => {
    await open(page, account, `${listPath(account)}?q=is:deleted`)
    await box(page, 'gone').check()
    await facet(page, 'All').check()
    await selectAllAndChoose(page, LABELS.start)
    const dialog = dialogNamed(page)
    const start = 'PUT {"autoreboot_on":true,"power_on":true}'

    await test.step('previews names and requests', async () => {
      await expect(dialog).toHaveAccessibleName('Start 6 machines?')
      await expect(dialog).toContainText('Start 6; skipped: 2 already running, 1 deleted.')
      await expect(dialog.getByRole('region', { name: 'Names: Start 6' })).toHaveText(
        'off1, off2, off3, off4, off5, off6',
      )
      await expect(dialog).toContainText(`PUT ${listPath(account)}/ID   × 6`)
      await expect(dialog).toContainText('{"autoreboot_on":true,"power_on":true}')
      await expect(dialog).toContainText('Turns automatic restart on for 6 machines.')
      await check(page, 'the dialog of a bulk run', DIALOG)
    })

    await test.step('asks again when a machine has changed in the meantime, and sends nothing', async () => {
      await bigv.setMachine(account.machine(5).id, { power_on: true })
      await button(dialog, 'Start 6 machines').click()
      await expect(dialog.getByRole('alert')).toContainText(
        'off6 changed while this dialog was open. Nothing was sent.',
      )
      await expect(dialog).toHaveAccessibleName('Start 5 machines?')
      await expectNothingSent(page, bigv)
    })

    await test.step('runs: BigV refuses one machine, and the answer for another is lost', async () => {
      const path = (at: number) => `virtual_machines/${account.machine(at).id}$`
      await bigv.failNext(account, 'PUT', { kind: 'status', status: 400, body: 'the tail is full' }, path(1))
      await bigv.failNext(account, 'PUT', { kind: 'cut-before' }, path(3))
      await button(dialog, 'Start 5 machines').click()
      await expect(dialog).toBeHidden()
      await expect(batchProgress(page)).toHaveText(/5\/5.*1 failed, 1 unclear/)
      await expect(batchBar(page)).toBeHidden()
      // The selection stays, and its buttons count anew.
      await expect(selectionBar(page)).toContainText('9 selected')
      await expect(bulkButton(page, LABELS.shutDown)).toHaveText('Shut down 6')
    })

    await test.step('opens the report on the machines that failed or are unclear', async () => {
      await button(toast(page, 'Start 5 machines: finished, 2 need a look'), 'Show').click()
      await expect(batchPanel(page)).toContainText('5 of 5: 3 done, 1 failed, 1 unclear; 4 skipped')
      await expect(results(page).getByRole('link')).toHaveText([/^off2/, /^off4/])
      await expect(result(page, 'off2')).toContainText('BigV refused this (400): the tail is full')
      await expect(result(page, 'off4')).toContainText(
        'BigV may or may not have carried out the request. Checked at',
      )
      await batchPanel(page).getByRole('radio', { name: 'All 9' }).click()
      await expect(result(page, 'on1')).toContainText('Already running.')
      expect((await received(bigv, account)).toSorted()).toEqual(
        ['off1', 'off2', 'off3', 'off4', 'off5'].map((name) => `${name} ${start}`),
      )
      await check(page, 'the bulk runs panel')
    })

    await test.step('downloads the report as CSV and as JSON', async () => {
      const csv = await download(page, () => button(batchPanel(page), 'CSV').click())
      expect(csv.name).toMatch(/^bigv-bulk-start-.*\.csv$/)
      const lines = csv.text.split('\r\n')
      expect(lines[0]).toMatch(/^account,group,id,name,result,note,/)
      expect(lines.filter((line) => line.includes(',off1,done,'))).toHaveLength(1)
      const json = await download(page, () => button(batchPanel(page), 'JSON').click())
      const report = JSON.parse(json.text) as {
        machines: { name: string; result: string; requests: unknown[] }[]
      }
      expect(report.machines.map(({ name, result, requests }) => [name, result, requests.length])).toEqual([
        ['off1', 'done', 1],
        ['off2', 'refused', 1],
        ['off3', 'done', 1],
        ['off4', 'unclear', 1],
        ['off5', 'done', 1],
        ...['off6', 'on1', 'on2', 'gone'].map((name) => [name, 'skipped', 0]),
      ])
    })

    await test.step('corrects the report when a later refresh shows that the unclear one is running', async () => {
      await expect(button(batchPanel(page), 'Retry (2 not done)')).toBeVisible()
      await bigv.setMachine(account.machine(3).id, { power_on: true, autoreboot_on: true })
      await expect(batchPanel(page)).toContainText('5 of 5: 4 done, 1 failed; 4 skipped', { timeout: 20_000 })
      await expect(result(page, 'off4')).toContainText('Unclear at first. Checked at')
    })

    await test.step('fetches the machines before a retry', async () => {
      await bigv.clearRequests()
      await button(batchPanel(page), 'Retry (1 not done)').click()
      await expect(dialog).toHaveAccessibleName('Retry: Start 1 machine?')
      await button(dialog, 'Start 1 machine').click()
      await expect(batchPanel(page)).toContainText('5 of 5: 5 done; 4 skipped')
      await expect(result(page, 'off2')).toContainText('2 attempts')
      await expect.poll(() => received(bigv, account)).toEqual([`off2 ${start}`])
    })

    await test.step('offers nothing to put back, as each start did what it is for', async () => {
      await expect(button(batchPanel(page), /^Turn automatic restart back/)).toBeHidden()
    })
  })
})

test.describe('a long bulk run', () => {
  const NAMES = Array.from({ length: 12 }, (_, at) => `web${at + 1}`)
  test.use({ frozen: true, wanted: { machines: running(NAMES) } })

  test('continues on other pages and after a new sign-in, and waits for the user after a reload', async ({
    page,
    account,
    bigv,
    context,
  }) => {
    await open(page, account)
    await selectAllAndChoose(page, LABELS.delete)
    const dialog = dialogNamed(page)
    await expect(button(dialog, 'Delete 12 machines')).toHaveAccessibleDescription(
      'Type the number of machines (12) first.',
    )
    await expect(dialog.getByLabel(/^Type 12/)).toBeFocused()
    await page.keyboard.type('12')
    await dialog.getByText('Options').click()
    await expect(dialog.getByLabel('In parallel')).toHaveValue('4')
    await dialog.getByLabel('In parallel').fill('1')
    // The third request is slow, so that the run is still going on at the next step.
    const slowPath = `virtual_machines/${account.machine(2).id}$`
    await bigv.failNext(account, 'DELETE', { kind: 'slow', delayMs: 1_500 }, slowPath)
    await button(dialog, 'Delete 12 machines').click()
    await expect(batchProgress(page)).toHaveText(/2\/12/)

    await test.step('shows a bar with its progress on the page, and says which machines are queued', async () => {
      await expect(batchBar(page)).toContainText('Delete 2/12')
      await expect(batchBar(page).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '2')
      await expect(row(page, 'web12')).toContainText('Queued')
    })

    await test.step('sends nothing more while it is paused', async () => {
      await button(batchBar(page), 'Pause').click()
      await expect(button(batchBar(page), 'Resume')).toBeVisible()
      await button(batchBar(page), 'Details').click()
      await expect(batchPanel(page)).toContainText('3 of 12: 3 done, 9 queued')
      await expect(batchPanel(page).getByText('Paused', { exact: true })).toBeVisible()
      await expect.poll(() => received(bigv, account)).toHaveLength(3)
      const bar = batchPanel(page).getByRole('progressbar', { name: 'Delete 12 machines, progress' })
      await expect(bar).toHaveAttribute('aria-valuenow', '3')
      await expect(bar).toHaveAttribute('aria-valuemax', '12')
    })

    await test.step('changes how many requests run in parallel, at least one', async () => {
      const pace = batchPanel(page).getByRole('group', { name: 'In parallel' })
      await expect(pace).toContainText('1 in parallel')
      await expect(button(pace, 'Run fewer in parallel')).toHaveAccessibleDescription('The minimum is 1.')
      await button(pace, 'Run more in parallel').click()
      await expect(pace).toContainText('2 in parallel')
      await button(pace, 'Run fewer in parallel').click()
      await expect(pace).toContainText('1 in parallel')
    })

    await test.step('stops, and can be resumed', async () => {
      await button(batchPanel(page), 'Stop run').click()
      await expect(batchPanel(page).getByText('Stopped', { exact: true })).toBeVisible()
      await expect(button(batchPanel(page), 'Stop run')).toBeHidden()
      await expect(batchPanel(page)).toContainText('3 of 12: 3 done, 9 queued')
    })

    await test.step('can’t be resumed in a copy of its tab, as browsers restore one after a crash', async () => {
      const copy = await context.newPage()
      await copy.addInitScript(
        (stored) => Object.assign(sessionStorage, stored),
        await page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage))),
      )
      await copy.goto(listPath(account))
      await expect(machineLinks(copy)).toHaveCount(9)
      expect(await copy.evaluate(() => sessionStorage.getItem('bigv.bulk'))).toBeNull()
      await expect(batchProgress(copy)).toBeHidden()
      await copy.close()
    })

    await test.step('resumes, continues on other pages, and asks once to sign in again', async () => {
      await bigv.failNext(
        account,
        'DELETE',
        { kind: 'status', status: 401 },
        `virtual_machines/${account.machine(5).id}$`,
      )
      await button(batchPanel(page), 'Resume (9 queued)').click()
      await expect(signInAgainDialog(page)).toBeVisible()
      // The other requests are slow, so that some are still queued at the reload.
      await bigv.failNext(account, 'DELETE', { kind: 'slow', delayMs: 1_000, times: null })
      await signInAgain(page, { password: account.password })
      await expect(result(page, 'web6')).toContainText('done')
      await button(batchPanel(page), 'Close').click()
      await page.getByRole('link', { name: 'Activity' }).click()
      await expectPage(page, 'Activity')
      await expect(batchBar(page)).toContainText('Delete 7/12')
    })

    await test.step('warns before the tab is closed, and waits for Resume after a reload', async () => {
      const dialogType = new Promise<string>((resolve) => {
        page.once('dialog', (unloadDialog) => {
          resolve(unloadDialog.type())
          void unloadDialog.accept()
        })
      })
      await page.reload()
      expect(await dialogType).toBe('beforeunload')
      await bigv.clearFaults()
      await batchProgress(page).click()
      await expect(batchPanel(page)).toContainText(
        'The page was reloaded. Sent requests are still being checked;',
      )
      const sent = (await received(bigv, account)).length
      await expect(batchPanel(page)).toContainText(/\d+ queued machines? waits?/)
      await expect(batchPanel(page)).not.toContainText('running')
      expect((await received(bigv, account)).length).toBe(sent)
      await button(batchPanel(page), /^Resume/).click()
      await expect(batchPanel(page)).toContainText(/12 of 12: 1[12] done/)
      const deletes = (await received(bigv, account)).map((each) => each.split(' ')[0] ?? '')
      expect(deletes.toSorted()).toEqual([...NAMES, 'web6'].toSorted())
    })
  })
})

test.describe('a rolling reboot', () => {
  test.use({ wanted: { machines: running(['web1', 'web2', 'web3', 'web4']) } })

  test('waits for each machine, also in a hidden tab, and stops at the first failure @long', async ({
    page,
    account,
    bigv,
  }) => {
    await page.clock.install()
    await open(page, account)
    await selectAllAndChoose(page, LABELS.reboot)
    const dialog = dialogNamed(page)
    await dialog.getByLabel('Rolling').check()
    await expect(dialog.getByLabel('In parallel')).toHaveValue('1')
    await dialog.getByLabel(/^Type 4/).fill('4')
    await bigv.failNext(
      account,
      'PUT',
      { kind: 'status', status: 400, body: 'no' },
      `virtual_machines/${account.machine(1).id}$`,
    )
    await button(dialog, `${LABELS.reboot} 4 machines`).click()
    await expect(batchProgress(page)).toHaveText(/2\/4.*stopped.*1 failed/, { timeout: 30_000 })
    await batchProgress(page).click()
    await expect(batchPanel(page)).toContainText('Stopped at the first failure, web2: refused.')
    await expect(batchPanel(page)).toContainText('2 of 4: 1 done, 1 failed, 2 queued')
    const cycle = 'PUT {"autoreboot_on":true,"power_on":false}'
    await expect.poll(() => received(bigv, account)).toEqual([`web1 ${cycle}`, `web2 ${cycle}`])
    // The first machine was fetched for the dialog, before its PUT, and once more to see it running before the second one's turn.
    const requests = (await bigv.requests({ account: account.account })).filter(({ path }) =>
      path.endsWith(`/${account.machine(0).id}`),
    )
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'PUT', 'GET'])

    await bigv.pauseTime()
    await setHidden(page, true)
    await button(batchPanel(page), 'Resume (2 queued)').click()
    await expect.poll(() => received(bigv, account)).toHaveLength(3)
    await bigv.clearRequests()
    // After more than the list's interval, the rebooting machine has been fetched, but not the list.
    await page.clock.fastForward(12_000)
    await expect
      .poll(async () => reads(await bigv.requests({ account: account.account })).map(({ path }) => path))
      .toContain(`${listPath(account)}/${account.machine(2).id}`)
    expect(await listReads(bigv, account)).toEqual([])
    await bigv.setSpeed(50)
    await expect(batchPanel(page)).toContainText('4 of 4: 3 done, 1 failed', { timeout: 30_000 })
    // The run fetches the list once, at its end.
    await expect.poll(() => listReads(bigv, account)).toHaveLength(1)
    await setHidden(page, false)
    await button(batchPanel(page), 'Close').click()
    await expect(row(page, 'web4')).toContainText('Running')
  })
})

test.describe('a bulk reset', () => {
  test.use({ wanted: { machines: running(['web1', 'web2']) } })

  test('sends nothing if the user cancels it, and warns that a retry may reset twice @long', async ({
    page,
    account,
    bigv,
  }) => {
    await open(page, account)
    await selectAllAndChoose(page, LABELS.reset)
    const dialog = dialogNamed(page)
    const warning = 'the action may have been done already. Retrying may do it twice.'
    const path = `/virtual_machines/${account.machine(0).id}`

    await test.step('sends nothing when cancelled before the machines are fetched', async () => {
      await dialog.getByLabel(/^Type 2/).fill('2')
      await bigv.failNext(account, 'GET', { kind: 'slow', delayMs: 4_000 }, `${path}$`)
      const fetched = page.waitForResponse((response) => response.url().includes(path))
      await button(dialog, `${LABELS.reset} 2 machines`).click()
      await button(dialog, 'Cancel').click()
      await expect(dialog).toBeHidden()
      await (await fetched).finished()
      await expectNothingSent(page, bigv)
      await expect(batchProgress(page)).toBeHidden()
    })

    await test.step('warns before a retry of an unclear reset', async () => {
      await chooseBulk(page, LABELS.reset)
      await dialog.getByLabel(/^Type 2/).fill('2')
      await expect(dialog).not.toContainText(warning)
      await bigv.failNext(account, 'POST', { kind: 'cut-after-processing' }, `${path}/signal$`)
      await button(dialog, `${LABELS.reset} 2 machines`).click()
      await expect(batchProgress(page)).toHaveText(/2\/2.*1 unclear/)
      await batchProgress(page).click()
      await button(batchPanel(page), 'Retry (1 not done)').click()
      await expect(dialog).toHaveAccessibleName(`Retry: ${LABELS.reset} 1 machine?`)
      await expect(dialog).toContainText(warning)
    })
  })
})
