import type { ControlClient } from '../simulator/control/client.ts'
import { check, DIALOG } from './axe.ts'
import { type Account, expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { storedText } from './secrets.ts'
import { row } from './steps/list.ts'
import { button, dialogNamed, openKeys, operations, sessionLink, toast } from './steps/page.ts'
import { open, openMachine } from './steps/sign-in.ts'

test.use({ wanted: { machines: [{ name: 'www1', power_on: true, autoreboot_on: true }, { name: 'off1' }] } })

const sendButton = (page: Page) => button(page, 'Send')
const text = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true })

/** Expects that BigV has received exactly these key presses for www1, one request each, in this order. */
async function expectPresses(bigv: ControlClient, account: Account, presses: readonly string[]) {
  const { id, path } = account.machine('www1')
  await expect(bigv).toHaveReceived(
    presses.map((data) => ({ method: 'POST', path: `${path}/signal`, body: { signal: 'sendkey', data } })),
  )
  expect((await bigv.machine(id)).internal.keys).toEqual(presses)
}

test('sends keys from the on-screen keyboard, and saves combinations in the browser', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await openKeys(page)
  await expect(page).toHaveURL(/\/virtual_machines\/www1\?tab=keys$/)
  await expect(sendButton(page)).toHaveAccessibleDescription('Choose keys first.')
  await button(page, 'Alt').click()
  await expect(button(page, 'Alt')).toHaveAttribute('aria-pressed', 'true')
  await button(page, 'F2').click()
  await button(page, 'r').click()
  await expect(button(page, 'Right Ctrl')).toHaveAccessibleDescription('ctrl_r')
  await button(page, 'Ctrl').click()
  await button(page, 'Press it alone').click()
  await expect(button(page, 'semicolon')).toHaveAccessibleDescription('BigV can’t send this key.')
  const chosen = page.getByRole('list', { name: 'Chosen presses' }).getByRole('listitem')
  await expect(chosen).toHaveText(['alt-f2', 'r', 'ctrl'])
  await button(page, 'Undo').click()
  await page.getByLabel('Save as').fill('Rescue')
  await button(page, 'Save').click()
  await expect(page.getByText('Saved “Rescue” in this browser.')).toBeVisible()
  await page.getByText('What will be sent').click()
  await expect(page.getByRole('region', { name: 'Requests to be sent' })).toContainText(
    '{"signal":"sendkey","data":"alt-f2"}\n{"signal":"sendkey","data":"r"}',
  )
  await check(page, 'keys to send')
  await sendButton(page).click()
  await expect(page.getByText(/^Sent 2 presses at/)).toBeVisible()
  await expect(page.getByText('No keys chosen.')).toBeVisible()

  const saved = page
    .getByRole('list', { name: 'Saved combinations' })
    .getByRole('button', { name: /^Rescue/ })
  await saved.click()
  await expect(page.getByText(/^Rescue sent at/)).toBeVisible()
  await expectPresses(bigv, account, ['alt-f2', 'r', 'alt-f2', 'r'])
  expect((await storedText(page)).elsewhere).toContain('Rescue')
})

test('sends combinations with one click, and asks once before those that may restart', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1', { tab: 'keys' })
  const dialog = dialogNamed(page, 'Send Ctrl+Alt+Del to www1?')
  await button(page.getByRole('toolbar', { name: 'Combinations' }), 'Enter').click()
  await expect(page.getByText(/^Enter sent at/)).toBeVisible()
  await expect(page.getByRole('toolbar', { name: 'May restart the machine' }).getByRole('button')).toHaveText(
    ['Ctrl+Alt+Del', 'SysRq B: reboot'],
  )
  await button(page, 'Ctrl+Alt+Del').click()
  await expect(dialog).toContainText('www1 may restart at once. Unsaved data may be lost.')
  await check(page, 'the question before keys that may restart', DIALOG)
  await button(dialog, 'Cancel').click()
  await button(page, 'Ctrl+Alt+Del').click()
  await dialog.getByLabel('Don’t ask again for this machine in this tab').check()
  await button(dialog, 'Send').click()
  await expect(page.getByText(/^Ctrl\+Alt\+Del sent at/)).toBeVisible()
  await button(page, 'SysRq B: reboot').click()
  await expect(page.getByText(/^SysRq B: reboot sent at/)).toBeVisible()
  await expectPresses(bigv, account, ['ret', 'ctrl-alt-delete', 'alt-sysrq-b'])
})

test('records key presses by the keys’ positions until Esc is pressed twice', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1', { tab: 'keys' })
  await page.getByRole('radio', { name: 'Record' }).check()
  await button(page, 'Record key presses').click()
  await page.keyboard.press('Control+Shift+KeyE')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Semicolon')
  await expect(page.getByText('BigV can’t send the key right of L')).toBeVisible()
  await page.keyboard.press('Slash')
  await check(page, 'recording keys', 'main')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(button(page, 'Record key presses')).toBeFocused()
  await page.getByLabel('Save as').fill('Secret')
  await expect(button(page, 'Save')).toHaveAccessibleDescription(/Recorded key presses aren’t stored/)
  await sendButton(page).click()
  await expect(page.getByText(/^Sent 3 presses at/)).toBeVisible()
  const recorded = ['ctrl-shift-e', 'tab', 'slash']
  await expectPresses(bigv, account, recorded)
  await expectNotStored(page, recorded)
})

test('types text in the layout of the machine’s keymap @long', async ({ page, account, bigv }) => {
  await bigv.setMachine(account.machine('www1').id, { keymap: 'de' })
  await openMachine(page, account, 'www1', { tab: 'keys' })
  await page.getByRole('radio', { name: 'Type text' }).check()
  await expect(page.getByText('Passwords typed here pass through the API')).toBeVisible()
  await expect(page.getByLabel('Guest keyboard layout')).toHaveValue('de')
  await text(page).fill('äZ@;#')
  const problems = page.getByRole('list', { name: 'Characters that can’t be typed' }).getByRole('listitem')
  await expect(problems).toHaveText([
    /^ä needs the second key right of L/,
    /^# needs the key beside Enter \(backslash on a US keyboard\), which BigV can’t send$/,
  ])
  await expect(sendButton(page)).toHaveAccessibleDescription(/Some characters can’t be typed/)
  await check(page, 'a text with characters that can’t be typed', 'main')
  await page.getByLabel('Guest keyboard layout').selectOption('en-gb')
  await expect(problems).toHaveText([/^ä is not on the keyboard “English \(UK\)”$/, /^@/, /^;/, /^#/])
  await page.getByLabel('Guest keyboard layout').selectOption('de')
  await text(page).fill('Zé@')
  await page.getByLabel('Press Enter at the end').check()
  await page.getByLabel('Pace').selectOption('20 per second')
  await expect(
    page.getByRole('list', { name: 'Characters and their presses' }).getByRole('listitem'),
  ).toHaveText(['Zshift-y', 'éequal e', '@alt_r-q', '⏎ret'])
  await sendButton(page).click()
  await expect(page.getByText(/^Sent 5 presses at/)).toBeVisible()
  await expect(text(page)).toHaveValue('')
  const typed = ['shift-y', 'equal', 'e', 'alt_r-q', 'ret']
  await expectPresses(bigv, account, typed)
  expect((await storedText(page)).session).toContain('5 presses')
  await expectNotStored(page, typed)
  await sessionLink(page, 'Activity').click()
  await expect(operations(page)).toContainText('/signal × 5200')
})

/** Expects none of the key presses in storage, because they may be a password. */
async function expectNotStored(page: Page, presses: readonly string[]): Promise<void> {
  const { session, elsewhere } = await storedText(page)
  for (const press of presses) expect(session + elsewhere).not.toContain(`"${press}"`)
}

test('stops sending keys halfway, says how many were sent, and repeats none @long', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await openKeys(page)
  await page.getByRole('radio', { name: 'Type text' }).check()
  const presses = Array.from('abcdefghijklmnopqrst')
  await text(page).fill(presses.join(''))
  await page.getByLabel('Pace').selectOption('4 per second')
  await sendButton(page).click()
  await expect(page.getByText(/^Sending: [2-9] of 20 presses$/)).toBeVisible()
  await expect(sendButton(page)).toHaveAccessibleDescription('Keys are already being sent to this machine.')
  await button(page.getByRole('main'), 'Stop').click()
  const stopped = page.getByText(/^Stopped\. \d+ of 20 key presses were sent\.$/)
  await expect(stopped).toBeVisible()
  const first = Number(/\d+/.exec((await stopped.textContent()) ?? '')?.[0])
  await expectPresses(bigv, account, presses.slice(0, first))
  await expect(text(page)).toHaveValue(presses.join(''))

  await test.step('sends the rest when the user asks, and stops if an answer is lost', async () => {
    await page.getByLabel('Pace').selectOption('20 per second')
    await bigv.failNext(account, 'POST', { kind: 'cut-after-processing' }, '/signal$')
    await button(page, `Send the remaining ${20 - first}`).click()
    await expect(page.getByText('Sending failed')).toBeVisible()
    await expect(
      page.getByText(`0 of ${20 - first} key presses were sent. Key press 1 may or may not have arrived`),
    ).toBeVisible()
    await expectPresses(bigv, account, presses.slice(0, first + 1))
  })

  await test.step('stops at a refusal, and sends the rest while another tab is open', async () => {
    await bigv.failNext(account, 'POST', { kind: 'status', status: 400, body: 'no' }, '/signal$')
    await button(page, `Send the remaining ${19 - first}`).click()
    await expect(page.getByText(/: no\. 0 of \d+ key presses were sent\.$/)).toBeVisible()
    await bigv.clearRequests()
    await button(page, `Send the remaining ${19 - first}`).click()
    await page.getByRole('link', { name: 'Overview' }).last().click()
    await expect(toast(page, 'Keys sent to www1')).toBeVisible()
    await expect(bigv).toHaveReceivedCount(19 - first)
    expect((await bigv.machine(account.machine('www1').id)).internal.keys).toEqual(presses)
  })
})

test('opens Send keys from the row’s menu of a running machine @long', async ({ page, account }) => {
  await open(page, account)
  await row(page, 'off1').getByRole('button', { name: 'Actions for off1' }).click()
  const item = page.getByRole('menuitem', { name: LABELS.sendKeys })
  await expect(page.getByRole('menuitem', { name: LABELS.delete })).toBeVisible()
  await expect(item).toBeHidden()
  await page.keyboard.press('Escape')
  await row(page, 'www1').getByRole('button', { name: 'Actions for www1' }).click()
  await item.click()
  await expect(page).toHaveURL(`${account.machine('www1').path}?tab=keys`)
})
