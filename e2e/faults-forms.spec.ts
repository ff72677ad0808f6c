import { listPath } from './account.ts'
import {
  type FaultName,
  FAULTS,
  installClock,
  LIMITS,
  requestLine,
  forEachFault,
  MESSAGES,
  SETUP,
} from './faults.ts'
import { expect, test } from './fixtures.ts'
import { dialogNamed, expectPage, saveButton } from './steps/page.ts'
import { open, signInAgain, signInAgainDialog } from './steps/sign-in.ts'

// Tests a form and a plan with every fault that a request can have (faults.ts).

test.use(SETUP)

// Each test goes through 21 faults, which takes over 90 s beside seven busy workers.
test.describe.configure({ timeout: 4 * 60_000 })

test.beforeEach(({ page }) => installClock(page))

test('shows each error on the form, keeps the input, and sends again only on request @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account, `${listPath(account)}/off1?tab=settings`)
  const { id } = account.machine(1)
  const form = page.getByRole('region', { name: 'Name and group' })
  const name = form.getByLabel('Name')
  const save = saveButton(page, 'Name and group')
  const alert = form.getByRole('alert')
  let sent = 0
  /** Saves once more; the request fails. */
  const sendAndFail = async (fault: FaultName, delayMs = 0) => {
    await bigv.failNext(account, 'PUT', { ...FAULTS[fault], delayMs })
    await name.press('Enter')
    sent += 1
    await expect(bigv).toHaveReceivedCount(sent)
    if (fault === 'time-out') await page.clock.fastForward(LIMITS.write)
  }
  const expectMessage = async (fault: FaultName, words = MESSAGES[fault]) => {
    await expect(alert).toContainText(words)
    await expect(alert).toContainText(requestLine(`PUT ${listPath(account)}/${id}`, fault))
  }
  const fails = async (fault: FaultName) => {
    await sendAndFail(fault)
    await expectMessage(fault)
    await expect(name).toHaveValue('web1')
  }
  const notDone = async (fault: FaultName) => {
    await sendAndFail(fault)
    await expectMessage(fault, 'name is "off1", not "web1".')
    await expect(name).toHaveValue('web1')
  }
  /** The machine has this name, and the form has no changes left to save. */
  const expectSaved = async (now: string) => {
    await expectPage(page, now)
    await expect(name).toHaveValue(now)
    await expect(save).toHaveAccessibleDescription('No changes to save.')
  }

  await name.fill('web1')
  await forEachFault({
    '400 with fields': fails,
    '400 plain': fails,
    '404 not found': fails,
    '409 conflict': fails,
    '413 too large': fails,
    '422 unprocessable': fails,
    '429 with Retry-After': fails,
    'time-out': fails,
    'cut before the answer': fails,
    '500 failure': fails,
    '502 gateway': fails,
    '503 HTML': fails,
    '200 with HTML': fails,
    redirect: fails,
    '204 without a body': notDone,
    'JSON of another shape': notDone,
    '10 MB': notDone,
    '401 credentials': async (fault) => {
      await sendAndFail(fault)
      await signInAgain(page, { password: account.password })
      sent += 1
      await expect(bigv).toHaveReceivedCount(sent)
      await expect(page).toHaveURL(/web1/)
      await expectSaved('web1')
    },
    'truncated JSON': async (fault) => {
      await name.fill('web2')
      await sendAndFail(fault, 500)
      // Input typed during the request doesn't count as saved.
      await name.fill('web3')
      await expectPage(page, 'web2')
      await expect(page).toHaveURL(/web2/)
      await expect(name).toHaveValue('web3')
    },
    'cut in the middle': async (fault) => {
      await sendAndFail(fault)
      await expectMessage(fault)
      await expectSaved('web3')
    },
    '403 forbidden': async (fault) => {
      await name.fill('web4')
      await sendAndFail(fault)
      await expectMessage(fault)
      await expect(name).toHaveValue('web4')
      await expect(save).toHaveAccessibleDescription(/Not allowed \(403\).* choose Try again in Activity/)
    },
  })
  await expect(bigv).toHaveReceivedCount(sent)
})

test('halts a plan at each error, shows the machine’s state, and continues with Resume @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account, `${listPath(account)}/www1?tab=settings`)
  const hardware = page.getByRole('region', { name: 'Hardware' })
  await hardware.getByLabel('Cores').fill('2')
  await page.getByRole('button', { name: 'Apply now: shut down, change, start…' }).click()
  await dialogNamed(page).getByRole('button', { name: 'Shut down, change, start' }).click()
  const panel = page.getByRole('region', { name: 'Plan' })
  const resume = panel.getByRole('button', { name: 'Resume' })
  await expect(bigv).toHaveReceivedCount(2)
  const { id } = account.machine(0)
  let sent = 2
  const addFault = (fault: FaultName, method = 'PUT') => bigv.failNext(account, method, { ...FAULTS[fault] })
  const expectSent = async (more = 1) => {
    sent += more
    await expect(bigv).toHaveReceivedCount(sent)
  }
  const sendAndFail = async (fault: FaultName) => {
    await addFault(fault)
    if (sent === 2) {
      await bigv.setMachine(id, { power_on: false })
      await page.clock.runFor(2_500)
    } else await resume.press('Enter')
    await expectSent()
    if (fault === 'time-out') await page.clock.fastForward(LIMITS.write)
  }
  const expectMessage = async (fault: FaultName, words = MESSAGES[fault]) => {
    await expect(panel).toContainText('Shut down, change, start: halted')
    await expect(panel).toContainText(words)
    await expect(panel).toContainText(requestLine(`PUT ${listPath(account)}/${id}`, fault))
  }
  const expectNotChanged = async () => {
    await expect(panel).toContainText(
      'The change was not made. Automatic restart is off; before the plan it was on.',
    )
  }
  const halts = async (fault: FaultName) => {
    await sendAndFail(fault)
    await expectMessage(fault)
    await expectNotChanged()
  }
  const notDone = async (fault: FaultName) => {
    await sendAndFail(fault)
    await expectMessage(fault, 'cores is 1, not 2.')
    await expectNotChanged()
  }

  await forEachFault({
    '400 with fields': halts,
    '400 plain': halts,
    '404 not found': halts,
    '409 conflict': halts,
    '413 too large': halts,
    '422 unprocessable': halts,
    '429 with Retry-After': halts,
    'time-out': halts,
    'cut before the answer': halts,
    '500 failure': halts,
    '502 gateway': halts,
    '503 HTML': halts,
    '200 with HTML': halts,
    redirect: halts,
    '204 without a body': notDone,
    'JSON of another shape': notDone,
    '10 MB': notDone,
    '403 forbidden': async (fault) => {
      await halts(fault)
      await expect(resume).toHaveAccessibleDescription(/Not allowed \(403\).* choose Try again in Activity/)
      await expect(panel.getByRole('button', { name: 'Start the machine again' })).toBeEnabled()
      await addFault('401 credentials', 'GET')
      await page.clock.fastForward(10_000)
      await signInAgain(page, { password: account.password })
    },
    '401 credentials': async (fault) => {
      await sendAndFail(fault)
      await expect(signInAgainDialog(page)).toBeVisible()
    },
    // BigV carries out both requests: the change, which is sent again, and the start after it.
    'truncated JSON': async (fault) => {
      await addFault(fault)
      await addFault('cut in the middle')
      await signInAgain(page, { password: account.password })
      await expectSent(2)
      await expect(panel).toContainText('The change was made.')
    },
    'cut in the middle': async (fault) => {
      await expectMessage(fault)
      await bigv.advance(60_000)
      await resume.click()
    },
  })
  await expect(panel).toContainText('Shut down, change, start: done')
  await expect(bigv).toHaveReceivedCount(sent)
})
